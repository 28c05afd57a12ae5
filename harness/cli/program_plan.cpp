#include "harness/cli/program_plan.hpp"

#include <algorithm>

#include "harness/programs/words.hpp"
#include "harness/stats/quantile.hpp"

namespace assay::cli {
namespace {

using programs::ProcessEnd;
using programs::ProcessSpec;

constexpr int kShellRuns = 20;

std::chrono::nanoseconds nanoseconds_of(double seconds) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(seconds));
}

std::string chosen_shell(const ProgramRequest& request) {
  if (request.shell != "auto") return request.shell;
  // Both or none: else one arm alone would carry the shell's start.
  const bool needed = std::any_of(request.commands.begin(), request.commands.end(), programs::needs_shell);
  return needed ? "sh" : "none";
}

Result<ProcessSpec> spec_of(const std::string& command, const std::string& shell) {
  ProcessSpec spec;
  if (shell == "none") {
    ASSAY_TRY(spec.arguments, programs::split_words(command));
  } else {
    ASSAY_TRY(spec.arguments, programs::split_words(shell));
    spec.arguments.insert(spec.arguments.end(), {"-c", command});
  }
  ASSAY_TRY(spec.program, programs::find_program(spec.arguments.front()));
  return spec;
}

Status check_counts(const ProgramRequest& request) {
  if (request.commands.size() != 2) {
    return fail(ErrorKind::kUsage, "give --command twice, baseline first; got {}", request.commands.size());
  }
  for (const auto& [option, values] : {std::pair("--command-name", &request.names),
                                       {"--setup", &request.setup},
                                       {"--prepare", &request.prepare},
                                       {"--cleanup", &request.cleanup}}) {
    if (values->size() > 2) return fail(ErrorKind::kUsage, "{} fits twice at most; got {}", option, values->size());
  }
  return {};
}

}  // namespace

Result<ProgramPlan> plan_programs(const ProgramRequest& request) {
  ASSAY_CHECK(check_counts(request));
  ProgramPlan plan;
  plan.shell = chosen_shell(request);
  for (std::size_t i = 0; i < plan.arms.size(); ++i) {
    ProgramArm& arm = plan.arms[i];
    arm.command = request.commands[i];
    arm.name = i < request.names.size() ? request.names[i] : arm.command;
    ASSAY_TRY(arm.spec, spec_of(arm.command, plan.shell));
    arm.spec.input = request.input;
    arm.spec.limit = nanoseconds_of(request.limit_seconds);
    arm.spec.keep_output = !request.ignore_output;
    arm.program = arm.spec.program;
  }
  return plan;
}

Result<std::int64_t> measure_shell(const ProgramPlan& plan, const std::atomic<bool>& interrupted) {
  ASSAY_TRY(ProcessSpec spec, spec_of(":", plan.shell));
  spec.keep_output = false;
  std::vector<double> times;
  for (int i = 0; i < kShellRuns; ++i) {
    ASSAY_TRY(const auto result, programs::run_process(spec, interrupted));
    if (result.end == ProcessEnd::kInterrupted) return fail(ErrorKind::kInterrupted, "interrupted");
    if (result.end != ProcessEnd::kExited || result.code != 0) {
      return fail(ErrorKind::kUsage, "the shell '{} -c :' {}: {}", plan.shell, programs::end_text(result, spec),
                  result.last_error_line);
    }
    times.push_back(static_cast<double>(result.wall_ns));
  }
  return static_cast<std::int64_t>(*stats::median(times));
}

Result<int> run_aside(const ProgramRequest& request, const char* option, const std::vector<std::string>& commands,
                      std::size_t arm, bool leave_group, const std::atomic<bool>& interrupted) {
  if (commands.empty()) return 0;
  const std::string& command = commands[std::min(arm, commands.size() - 1)];
  const bool own_shell = request.shell != "auto" && request.shell != "none";
  ASSAY_TRY(ProcessSpec spec, spec_of(command, own_shell ? request.shell : "sh"));
  spec.keep_output = false;
  spec.limit = nanoseconds_of(request.limit_seconds);
  spec.leave_group = leave_group;
  ASSAY_TRY(const auto result, programs::run_process(spec, interrupted));
  if (result.end == ProcessEnd::kInterrupted) return fail(ErrorKind::kInterrupted, "interrupted");
  if (result.end == ProcessEnd::kExited && result.code == 0) return result.group;
  return fail(ErrorKind::kUsage, "{} '{}' {}{}", option, command, programs::end_text(result, spec),
              result.last_error_line.empty() ? "" : ": " + result.last_error_line);
}

}  // namespace assay::cli
