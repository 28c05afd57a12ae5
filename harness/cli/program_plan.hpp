// `assay compare --command`: what was asked, and what will be started for it.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/result.hpp"
#include "harness/programs/process.hpp"

namespace assay::cli {

struct ProgramRequest {
  std::vector<std::string> commands;  // baseline, candidate
  std::vector<std::string> names;     // what they are called; empty: the commands themselves
  std::vector<std::string> setup;     // these three: none, one for all, or one for each command
  std::vector<std::string> prepare;
  std::vector<std::string> cleanup;
  std::vector<std::string> compare_output;  // files that each run writes
  std::string shell = "auto";               // auto: sh if a command needs one; none; or a shell's name
  std::string input = "/dev/null";
  std::uint32_t warmup = 1;
  std::optional<std::uint32_t> pairs;  // none: as the budget allows
  double budget_seconds = 10;
  double limit_seconds = 120;  // of one run
  bool ignore_failure = false;
  bool ignore_output = false;
  std::uint64_t seed = 42;
  std::filesystem::path output;
  bool quiet = false;
  std::string command;  // as typed, for the record
};

struct ProgramArm {
  std::string name;
  std::string command;
  programs::ProcessSpec spec;
  std::filesystem::path program;  // of the command itself, if a shell runs it: the shell
};

struct ProgramPlan {
  std::array<ProgramArm, 2> arms;
  std::string shell;                           // "none" or its name
  std::optional<std::int64_t> shell_start_ns;  // what `SHELL -c :` takes; none without a shell
};

// Errors: kUsage: not two commands, a quotation left open, no such program, more names than commands.
[[nodiscard]] Result<ProgramPlan> plan_programs(const ProgramRequest& request);

// The median of twenty runs of the shell that does nothing, in nanoseconds. Errors: kUsage if it fails; kInterrupted.
[[nodiscard]] Result<std::int64_t> measure_shell(const ProgramPlan& plan, const std::atomic<bool>& interrupted);

// Runs the setup, prepare or cleanup command of an arm by the shell (sh if none), untimed; nothing if there is none.
// Returns the process group that is left. Errors: kUsage with the command, how it ended and its last error line.
[[nodiscard]] Result<int> run_aside(const ProgramRequest& request, const char* option,
                                    const std::vector<std::string>& commands, std::size_t arm, bool leave_group,
                                    const std::atomic<bool>& interrupted);

}  // namespace assay::cli
