// Programs of a bisection: status, log, environment, folder, and their end on an interrupt.
#include "harness/bisect/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <thread>

#include "harness/core/files.hpp"
#include "tests/harness/core/temporary_folder.hpp"

namespace assay::bisect {
namespace {

using ::testing::HasSubstr;

class Run : public ::testing::Test {
 protected:
  Program program(const std::string& command) const { return {shell(command), folder_.path(), {}, folder_ / "log"}; }
  ProgramEnd end_of(const std::string& command) {
    const auto end = run_program(program(command), interrupted_);
    EXPECT_TRUE(end) << end.error().message;
    return end.value_or(ProgramEnd{});
  }

  testing::TemporaryFolder folder_;
  std::atomic<bool> interrupted_{false};
};

TEST_F(Run, StatusAndOutput_AreKept) {
  EXPECT_EQ(end_of("echo out; echo err >&2; exit 3").code, 3);
  EXPECT_EQ(end_of("echo more").code, 0);
  EXPECT_EQ(read_file(folder_ / "log").value(), "out\nerr\nmore\n");
  EXPECT_EQ(last_line(folder_ / "log"), "more");
  EXPECT_EQ(last_line(folder_ / "none"), "");
}

TEST_F(Run, Signal_IsToldFromAStatus) {
  const ProgramEnd end = end_of("kill -9 $$");
  EXPECT_TRUE(end.signalled);
  EXPECT_EQ(end.code, 9);
  EXPECT_FALSE(end.succeeded());
}

TEST_F(Run, FolderAndEnvironment_AreThoseAskedFor) {
  Program where = program("pwd; echo $ASSAY_TEST_VALUE; echo $PATH");
  where.environment = {{"ASSAY_TEST_VALUE", "a value"}};
  ASSERT_TRUE(run_program(where, interrupted_));
  const std::string expected =
      std::filesystem::canonical(folder_.path()).string() + "\na value\n" + std::getenv("PATH") + "\n";
  EXPECT_EQ(read_file(where.log).value(), expected);
}

TEST_F(Run, Addition_ReplacesWhatWeHave) {
  Program program_with = program("echo $HOME; env | grep -c '^HOME='");
  program_with.environment = {{"HOME", "elsewhere"}};
  ASSERT_TRUE(run_program(program_with, interrupted_));
  EXPECT_EQ(read_file(program_with.log).value(), "elsewhere\n1\n");
}

TEST_F(Run, ProgramThatIsNotThere_IsNamed) {
  Program none = program("");
  none.arguments = {"no-such-program-of-assay"};
  EXPECT_THAT(run_program(none, interrupted_).error().message, HasSubstr("no-such-program-of-assay"));
}

TEST_F(Run, Interrupt_EndsTheProgramAndWhatItStarted) {
  std::thread interrupter([this] {
    while (!std::filesystem::exists(folder_ / "pid")) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    interrupted_ = true;
  });
  const auto began = std::chrono::steady_clock::now();
  const auto end = run_program(program("sleep 60 & echo $! > pid.new; mv pid.new pid; wait"), interrupted_);
  interrupter.join();
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().kind, ErrorKind::kInterrupted);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(30));
  const pid_t child = std::stoi(read_file(folder_ / "pid").value());
  for (int i = 0; i < 5000 && ::kill(child, 0) == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_NE(::kill(child, 0), 0);
}

}  // namespace
}  // namespace assay::bisect
