// One run of a program: started, timed from spawn to end, its output digested, its process group ended.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/result.hpp"

namespace assay::programs {

struct ProcessSpec {
  std::filesystem::path program;       // see find_program
  std::vector<std::string> arguments;  // with the program's name in front
  std::filesystem::path input = "/dev/null";
  std::size_t padding_bytes = 0;  // length of a variable added to the environment; 0: none
  bool keep_output = true;        // false: standard output goes to /dev/null
  std::size_t head_bytes = 0;     // so much of the output's beginning is returned
  std::chrono::nanoseconds limit = std::chrono::seconds(120);
  std::uint64_t most_output_bytes = std::uint64_t{1} << 30;
  bool leave_group = false;  // true: what the process leaves running stays, until end_group
};

enum class ProcessEnd { kExited, kSignalled, kTimedOut, kTooMuchOutput, kInterrupted };

struct ProcessResult {
  ProcessEnd end = ProcessEnd::kExited;
  int code = 0;   // exit status or signal number
  int group = 0;  // process group
  // Wall time on CLOCK_MONOTONIC from before the spawn until the end was seen; CPU time of the process and of the
  // descendants it waited for.
  std::int64_t wall_ns = 0;
  std::int64_t user_ns = 0;
  std::int64_t system_ns = 0;
  // The kernel counts the size of the process that spawned into it: below that it is not known.
  std::optional<std::int64_t> peak_rss_bytes;
  std::int64_t involuntary_switches = 0;
  std::int64_t minor_faults = 0;
  std::int64_t major_faults = 0;
  std::string output_sha256;  // empty if the output was not kept
  std::uint64_t output_bytes = 0;
  std::string output_head;
  std::string last_error_line;  // of standard error, printable, at most 200 characters
};

// The file that a name without a slash means by PATH. Errors: kUsage.
[[nodiscard]] Result<std::filesystem::path> find_program(const std::string& name);

// Runs in its own process group with the caller's environment; whatever is left of the group afterwards is killed.
// SIGINT and SIGTERM end the wait when their handler sets interrupted. A process that leaves its group (setsid) is not
// followed. Costs about 0.2 ms around the timed window. Errors: kUsage (cannot be executed), kInternal.
[[nodiscard]] Result<ProcessResult> run_process(const ProcessSpec& spec, const std::atomic<bool>& interrupted);

void end_group(int group);

// "exited with 3", "was killed by signal 11 (Segmentation fault)", "took longer than 2 s", ...
[[nodiscard]] std::string end_text(const ProcessResult& result, const ProcessSpec& spec);

}  // namespace assay::programs
