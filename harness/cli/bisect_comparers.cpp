#include "harness/cli/bisect_comparers.hpp"

#include "harness/core/exit_code.hpp"
#include "harness/core/files.hpp"
#include "harness/history/entry.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kSkip = 125;  // git bisect's word for "this commit cannot be tested"

BisectStep without_figures(std::size_t position, Finding finding, const std::string& reason = "") {
  return {position, finding, {}, reason};
}

std::string said(const char* what, const fs::path& log) {
  const std::string last = bisect::last_line(log);
  return last.empty() ? what : fmt::format("{}: {}", what, last);
}

Result<BisectStep> from_run(std::size_t position, const fs::path& run) {
  ASSAY_TRY(const std::vector<history::Entry> entries, history::read_run(run));
  if (entries.size() != 1) {
    return fail(ErrorKind::kUsage, "the run '{}' has {} cases; a bisection follows one", run.string(), entries.size());
  }
  const history::Entry& entry = entries.front();
  if (entry.outcome != "ok") return without_figures(position, Finding::kUntestable, "outcome " + entry.outcome);
  if (entry.pair_log_ratios.empty()) return without_figures(position, Finding::kUndecided, "no pair was measured");
  return BisectStep{position, Finding::kMeasured, entry.pair_log_ratios, ""};
}

// A folder below `folder` that does not exist yet.
fs::path fresh_run(const fs::path& folder) {
  for (int number = 1;; ++number) {
    fs::path run = folder / "runs" / std::to_string(number);
    if (!fs::exists(run)) return run;
  }
}

}  // namespace

Result<BisectStep> judged(std::size_t position, const bisect::ProgramEnd& end, const fs::path& run,
                          const fs::path& log) {
  if (end.signalled) {
    return fail(ErrorKind::kUsage, "the comparison ended by signal {}; its output is in '{}'", end.code, log.string());
  }
  switch (end.code) {
    case kSkip:
      return without_figures(position, Finding::kUntestable, said("cannot be tested", log));
    case static_cast<int>(ExitCode::kResultsDiffer):
      return without_figures(position, Finding::kUntestable, said("answers differ", log));
    case static_cast<int>(ExitCode::kPlugin):
      return without_figures(position, Finding::kUntestable, said("a plugin failed", log));
    case static_cast<int>(ExitCode::kContaminated):
      return without_figures(position, Finding::kUndecided, "the machine was too busy");
    default:
      break;
  }
  const bool known = end.code == 0 || end.code == static_cast<int>(ExitCode::kRegression) ||
                     end.code == static_cast<int>(ExitCode::kInconclusive);
  if (!known) {
    return fail(ErrorKind::kUsage, "the comparison ended with status {}, which says nothing: {} (all of it: '{}')",
                end.code, bisect::last_line(log), log.string());
  }
  if (fs::exists(run / "run.json")) return from_run(position, run);
  if (end.code == 0) return without_figures(position, Finding::kNotSlower);
  return without_figures(position, end.code == 3 ? Finding::kSlower : Finding::kUndecided);
}

CommitComparer::CommitComparer(bisect::Builds& builds, std::vector<bisect::Commit> commits, std::string command,
                               fs::path repository, fs::path folder, const std::atomic<bool>& interrupted)
    : builds_(&builds),
      commits_(std::move(commits)),
      command_(std::move(command)),
      repository_(std::move(repository)),
      folder_(std::move(folder)),
      interrupted_(&interrupted) {}

Result<BisectStep> CommitComparer::compare(std::size_t position) {
  ASSAY_TRY(const bisect::Build good, builds_->of(commits_[0]));
  if (!good.succeeded) {
    return fail(ErrorKind::kUsage, "the good commit {} {}", commits_[0].revision.substr(0, 12), good.reason);
  }
  ASSAY_TRY(const bisect::Build built, builds_->of(commits_[position]));
  if (!built.succeeded) return without_figures(position, Finding::kUntestable, built.reason);
  const fs::path run = fresh_run(folder_);
  ASSAY_CHECK(make_folder(run.parent_path()));
  const bisect::Program program{bisect::shell(command_),
                                repository_,
                                {{"ASSAY_BASELINE_COMMIT", commits_[0].revision},
                                 {"ASSAY_CANDIDATE_COMMIT", commits_[position].revision},
                                 {"ASSAY_BASELINE_PLUGINS", good.product.string()},
                                 {"ASSAY_CANDIDATE_PLUGINS", built.product.string()},
                                 {"ASSAY_RUN", run.string()}},
                                run.string() + ".log"};
  ASSAY_TRY(const bisect::ProgramEnd end, bisect::run_program(program, *interrupted_));
  return judged(position, end, run, program.log);
}

Result<BisectStep> VariantComparer::compare(std::size_t position) {
  const fs::path run = fresh_run(folder_);
  ASSAY_CHECK(make_folder(run.parent_path()));
  std::vector<std::string> arguments{"", "compare", variants_.front(), variants_[position]};
  arguments.insert(arguments.end(), options_.begin(), options_.end());
  arguments.insert(arguments.end(), {"--output", run.string(), "--no-report", "--quiet"});
  std::error_code error;
  arguments.front() = fs::read_symlink("/proc/self/exe", error).string();
  if (error) return fail(ErrorKind::kInternal, "cannot find the running program: {}", error.message());
  const bisect::Program program{arguments, fs::current_path(), {}, run.string() + ".log"};
  ASSAY_TRY(const bisect::ProgramEnd end, bisect::run_program(program, *interrupted_));
  return judged(position, end, run, program.log);
}

}  // namespace assay::cli
