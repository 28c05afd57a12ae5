// Interrupted at any moment a command leaves all of its outputs or none, and says so in its exit code; a failed write
// leaves none.
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/matcher/cli/matcher_program.hpp"

namespace {

using Clock = std::chrono::steady_clock;
using Names = std::set<std::string>;

class Interrupted : public matcher_test::MatcherProgram {
 protected:
  void SetUp() override {
    MatcherProgram::SetUp();
    write("a.csv", people(1, 8000));
    write("b.csv", people(2, 8000));
    write("truth.csv", "left_id,right_id\n1,2\n3,4\n");
  }

  // Few names and few days, so that there are many pairs.
  static std::string people(unsigned seed, int rows) {
    std::mt19937 random(seed);
    std::string text = "id,first_name,middle_name,last_name,birthdate\n";
    for (int row = 0; row < rows; ++row) {
      text += fmt::format("{},A{}a,Maria,B{}o,1980-{:02}-{:02}\n", row, static_cast<char>('b' + random() % 20),
                          static_cast<char>('b' + random() % 20), 1 + random() % 12, 1 + random() % 28);
    }
    return text;
  }
  [[nodiscard]] Names files() const {
    Names names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      names.insert(entry.path().filename().string());
    }
    return names;
  }

  // The program with its output thrown away; a shell would be killed in its place.
  [[nodiscard]] pid_t start(std::vector<std::string> arguments) const {
    const pid_t child = ::fork();
    if (child != 0) return child;
    std::vector<char*> argv;
    std::string program = MATCHER_PROGRAM;
    argv.push_back(program.data());
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    if (::chdir(folder_.c_str()) != 0) ::_exit(126);
    const int nothing = ::open("/dev/null", O_WRONLY);
    ::dup2(nothing, STDOUT_FILENO);
    ::dup2(nothing, STDERR_FILENO);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  [[nodiscard]] static int exit_code(pid_t child) {
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  // Runs to the end once, for the time that takes and what it leaves; then again and again, each time interrupted
  // later.
  void interrupt_everywhere(const std::vector<std::string>& arguments) const {
    const Names before = files();
    const auto begin = Clock::now();
    ASSERT_EQ(exit_code(start(arguments)), 0);
    const auto whole = Clock::now() - begin;
    const Names after = files();
    constexpr int kPoints = 8;
    int interrupted = 0;
    for (int point = 1; point <= kPoints; ++point) {
      for (const std::string& name : after) {
        if (!before.contains(name)) std::filesystem::remove_all(folder_ / name);
      }
      const pid_t child = start(arguments);
      std::this_thread::sleep_for(whole * point / kPoints);
      ::kill(child, point % 2 == 0 ? SIGINT : SIGTERM);
      const int code = exit_code(child);
      // A signal before the program has set its handlers ends it the default way, before it has made anything.
      EXPECT_TRUE(code == 0 || code == 130 || code == -1) << code;
      EXPECT_EQ(files(), code == 0 ? after : before) << arguments.front() << " at point " << point;
      interrupted += code == 130 ? 1 : 0;
    }
    EXPECT_GE(interrupted, 3) << arguments.front();
  }
};

TEST_F(Interrupted, Match_IntoAWorkbook) {
  if (run("match left.csv right.csv -q -o try.xlsx").exit_code != 0) GTEST_SKIP() << "built without XLSX";
  interrupt_everywhere({"match", "a.csv", "b.csv", "-a", "A4", "-t", "60", "--select", "greedy", "-o", "out.xlsx"});
}

TEST_F(Interrupted, Dedupe_WithPairsAndConflicts) {
  interrupt_everywhere(
      {"dedupe", "a.csv", "-a", "MAX3", "-t", "70", "-o", "c.csv.gz", "--pairs", "p.csv", "--conflicts", "x.csv"});
}

TEST_F(Interrupted, Cascade_WithAFilePerLevel) {
  interrupt_everywhere({"cascade", "a.csv", "b.csv", "--mode", "independent", "-t", "60", "-o", "out.csv"});
}

TEST_F(Interrupted, Evaluate_WhichPrintsOnly) {
  interrupt_everywhere({"evaluate", "a.csv", "b.csv", "--truth", "truth.csv", "-a", "MAX3", "-t", "50", "--select",
                        "optimal", "--json"});
}

// A pipe holds 64 KiB: the program waits for a reader that never reads.
TEST_F(Interrupted, OutputIntoAPipeThatNobodyReads_CanBeCancelled) {
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  const int reader = ::open((folder_ / "pipe").c_str(), O_RDONLY | O_NONBLOCK);
  const pid_t child = start({"match", "a.csv", "b.csv", "-a", "A4", "-t", "60", "-o", "pipe"});
  std::string first(1, '\0');
  while (::read(reader, first.data(), 1) != 1) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  std::this_thread::sleep_for(std::chrono::milliseconds(200));  // it has filled the pipe, or will be cancelled before
  ::kill(child, SIGTERM);
  EXPECT_EQ(exit_code(child), 130);
  ::close(reader);
}

// A table that never comes: the pipe has no writer.
TEST_F(Interrupted, InputFromAPipeThatNobodyWrites_CanBeCancelled) {
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  const Names before = files();
  const pid_t child = start({"match", "pipe", "b.csv", "-o", "out.csv"});
  while (files() == before) std::this_thread::sleep_for(std::chrono::milliseconds(5));  // its output is begun
  ::kill(child, SIGTERM);
  EXPECT_EQ(exit_code(child), 130);
  EXPECT_EQ(files(), before);
}

// The disk is full for pairs, but not for clusters, which are written before them.
TEST_F(Interrupted, DiskFullForTheSecondOutput_LeavesNone) {
  const Names before = files();
  const std::string command = fmt::format(
      "cd '{}' && trap '' XFSZ && ulimit -f 1024 && '{}' dedupe a.csv -a MAX3 -t 70 -q -o c.csv --pairs p.csv 2>err",
      folder_.string(), MATCHER_PROGRAM);
  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 1);
  EXPECT_THAT(content_of("err"), testing::HasSubstr("p.csv: cannot write: File too large"));
  std::filesystem::remove(folder_ / "err");
  EXPECT_EQ(files(), before);
}

}  // namespace
