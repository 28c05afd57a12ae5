// What a run of a program leaves in its result, and that nothing of it stays behind.
#include "harness/programs/process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cstring>
#include <thread>

#include "tests/harness/core/temporary_folder.hpp"

namespace assay::programs {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::atomic<bool> never{false};

ProcessSpec shell(const std::string& script) {
  ProcessSpec spec;
  spec.program = "/bin/sh";
  spec.arguments = {"sh", "-c", script};
  return spec;
}

ProcessResult run(const ProcessSpec& spec) {
  const auto result = run_process(spec, never);
  EXPECT_TRUE(result) << result.error().message;
  return result.value_or(ProcessResult());
}

TEST(RunProcess, Output_IsDigestedAndCounted) {
  ProcessSpec spec = shell("printf abc");
  spec.head_bytes = 2;
  const ProcessResult result = run(spec);
  EXPECT_EQ(result.end, ProcessEnd::kExited);
  EXPECT_EQ(result.code, 0);
  EXPECT_EQ(result.output_bytes, 3U);
  EXPECT_EQ(result.output_head, "ab");
  EXPECT_EQ(result.output_sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(RunProcess, OutputNotKept_GoesNowhere) {
  ProcessSpec spec = shell("printf abc; test /dev/stdout -ef /dev/null || exit 1");
  spec.keep_output = false;
  const ProcessResult result = run(spec);
  EXPECT_EQ(result.output_sha256, "");
  EXPECT_EQ(result.code, 0);
}

TEST(RunProcess, ExitCodeAndLastErrorLine_AreReported) {
  const ProcessSpec spec = shell("echo first >&2; printf 'no such\\ttable\\n\\n' >&2; exit 3");
  const ProcessResult result = run(spec);
  EXPECT_EQ(result.code, 3);
  EXPECT_EQ(result.last_error_line, "no such?table");
  EXPECT_EQ(end_text(result, spec), "exited with 3");
}

TEST(RunProcess, Crash_IsASignal) {
  const ProcessSpec spec = shell("kill -SEGV $$");
  const ProcessResult result = run(spec);
  EXPECT_EQ(result.end, ProcessEnd::kSignalled);
  EXPECT_EQ(result.code, SIGSEGV);
  EXPECT_EQ(end_text(result, spec), "was killed by signal 11 (Segmentation fault)");
}

TEST(RunProcess, BeyondTheLimit_IsKilled) {
  ProcessSpec spec = shell("sleep 60");
  spec.limit = std::chrono::milliseconds(50);
  const ProcessResult result = run(spec);
  EXPECT_EQ(result.end, ProcessEnd::kTimedOut);
  EXPECT_GE(result.wall_ns, 50'000'000);
  EXPECT_EQ(end_text(result, spec), "took longer than 0.05 s and was killed");
}

TEST(RunProcess, TooMuchOutput_IsKilled) {
  ProcessSpec spec = shell("while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done");
  spec.most_output_bytes = 1000;
  const ProcessResult result = run(spec);
  EXPECT_EQ(result.end, ProcessEnd::kTooMuchOutput);
  EXPECT_THAT(end_text(result, spec), HasSubstr("wrote more than"));
}

// A signal that comes while the process runs ends the wait, whatever the limit.
TEST(RunProcess, Interrupt_EndsTheWaitAndTheProcess) {
  static std::atomic<bool> flag{false};
  flag = false;
  struct sigaction action {};
  struct sigaction before {};
  action.sa_handler = [](int) { flag = true; };
  ::sigaction(SIGINT, &action, &before);
  const auto result = run_process(shell("kill -INT " + std::to_string(::getpid()) + "; sleep 60"), flag);
  ::sigaction(SIGINT, &before, nullptr);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->end, ProcessEnd::kInterrupted);
  EXPECT_LT(result->wall_ns, 30'000'000'000);
}

bool group_lives(int group) {
  return ::kill(-group, 0) == 0;
}

bool group_ends(int group) {
  for (int i = 0; i < 1000 && group_lives(group); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  return !group_lives(group);
}

TEST(RunProcess, WhatItLeavesRunning_IsKilled) {
  const ProcessResult result = run(shell("sleep 60 & exit 0"));
  EXPECT_EQ(result.end, ProcessEnd::kExited);
  EXPECT_LT(result.wall_ns, 30'000'000'000);
  EXPECT_TRUE(group_ends(result.group));
}

TEST(RunProcess, LeftGroup_StaysUntilItIsEnded) {
  const testing::TemporaryFolder folder;
  const auto sign = folder / "sign-of-life";
  ProcessSpec spec = shell("(sleep 0.1; echo > '" + sign.string() + "'; sleep 60) & exit 0");
  spec.leave_group = true;
  const ProcessResult result = run(spec);
  for (int i = 0; i < 2000 && !std::filesystem::exists(sign); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_TRUE(std::filesystem::exists(sign));
  EXPECT_TRUE(group_lives(result.group));
  end_group(result.group);
  EXPECT_TRUE(group_ends(result.group));
}

TEST(RunProcess, CpuTimeAndMemoryOfDescendants_AreCounted) {
  // Fills 64 MiB and counts for a while, as a child of the shell.
  const ProcessResult result =
      run(shell("/usr/bin/python3 -c 'kept = b\"x\" * (64 << 20); print(sum(i % 7 for i in range(1000000)))'; :"));
  EXPECT_EQ(result.code, 0) << result.last_error_line;
  EXPECT_GT(result.user_ns + result.system_ns, 20'000'000);
  ASSERT_TRUE(result.peak_rss_bytes);
  EXPECT_GT(*result.peak_rss_bytes, 64 << 20);
  EXPECT_GE(result.wall_ns, 20'000'000);
}

TEST(RunProcess, SmallerThanTheOneWhoSpawns_HasNoKnownPeakMemory) {
  std::vector<char> ours(std::size_t{96} << 20, 'x');  // the kernel would report this as the child's peak
  const ProcessResult result = run(shell("exit 0"));
  EXPECT_EQ(ours[12345], 'x');
  EXPECT_FALSE(result.peak_rss_bytes);
}

TEST(RunProcess, Padding_LengthensTheEnvironmentByAsMuch) {
  const auto length = [](std::size_t padding) {
    ProcessSpec spec = shell("printf %s \"$ASSAY_PADDING\" | wc -c");
    spec.padding_bytes = padding;
    spec.head_bytes = 100;
    return std::stoul(run(spec).output_head);
  };
  EXPECT_EQ(length(0), 0U);
  EXPECT_EQ(length(1), 1U);
  EXPECT_EQ(length(4095), 4095U);
}

TEST(RunProcess, Input_IsStandardInput) {
  const testing::TemporaryFolder folder;
  ProcessSpec spec = shell("cat");
  spec.input = folder.write("input", "from the file");
  spec.head_bytes = 100;
  EXPECT_EQ(run(spec).output_head, "from the file");
}

TEST(RunProcess, NoProgram_IsAnErrorThatNamesIt) {
  const testing::TemporaryFolder folder;
  ProcessSpec spec = shell("");
  spec.program = folder.write("data", "no program");
  const auto result = run_process(spec, never);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(result.error().message, HasSubstr("data"));
}

TEST(FindProgram, ByNameAndByPath) {
  EXPECT_EQ(find_program("/bin/sh").value(), "/bin/sh");
  EXPECT_THAT(find_program("sh").value().string(), ::testing::EndsWith("/sh"));
  const auto missing = find_program("no-such-program-anywhere");
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().message, StartsWith("no program 'no-such-program-anywhere'"));
  EXPECT_FALSE(find_program("/etc/passwd"));
}

}  // namespace
}  // namespace assay::programs
