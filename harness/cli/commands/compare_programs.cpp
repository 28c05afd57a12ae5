// assay compare --command A --command B: any two programs, interleaved.
#include "harness/cli/commands/compare_programs.hpp"

#include <array>
#include <cstdio>

#include "harness/cli/program_experiment.hpp"
#include "harness/cli/program_terminal.hpp"
#include "harness/cli/run_files.hpp"
#include "harness/cli/terminal.hpp"
#include "harness/core/exit_code.hpp"
#include "harness/measure/environment.hpp"
#include "harness/measure/memory.hpp"

namespace assay::cli {
namespace {

// What --setup left running lives until the cleanup commands have run, whatever happens in between.
class SetUp {
 public:
  SetUp(const ProgramRequest& request, const std::atomic<bool>& interrupted)
      : request_(request), interrupted_(interrupted) {}
  SetUp(const SetUp&) = delete;
  SetUp& operator=(const SetUp&) = delete;
  ~SetUp() {
    for (const int group : groups_) programs::end_group(group);
  }

  Status begin() {
    for (std::size_t i = 0; i < request_.setup.size(); ++i) {
      ASSAY_TRY(groups_[i], run_aside(request_, "--setup", request_.setup, i, true, interrupted_));
    }
    return {};
  }

  Status end() {
    static const std::atomic<bool> kNever{false};  // the cleanup of an interrupted run is run too
    for (std::size_t i = 0; i < request_.cleanup.size(); ++i) {
      ASSAY_TRY(const int group, run_aside(request_, "--cleanup", request_.cleanup, i, false, kNever));
      static_cast<void>(group);
    }
    return {};
  }

 private:
  const ProgramRequest& request_;
  const std::atomic<bool>& interrupted_;
  std::array<int, 2> groups_{};
};

Result<store::CaseRecord> measure(const ProgramRequest& request, ProgramPlan& plan, const Json& environment,
                                  RunFiles& files, ProgressLine& progress) {
  if (plan.shell != "none") {
    ASSAY_TRY(plan.shell_start_ns, measure_shell(plan, interrupted()));
  }
  return run_programs(
      request, plan, environment, files.journal(), [&](double done) { progress.advance(done); }, interrupted());
}

Status measure_and_store(const ProgramRequest& request, ProgramPlan& plan, const Json& environment, RunFiles& files,
                         ProgressLine& progress, std::vector<store::CaseRecord>& records) {
  SetUp set_up(request, interrupted());
  const Status ready = set_up.begin();
  if (!ready) {
    static_cast<void>(set_up.end());  // the failure of the setup is what the user must hear of
    return ready;
  }
  auto record = measure(request, plan, environment, files, progress);
  const Status cleaned = set_up.end();
  if (!record) return hand_on(record);
  ASSAY_CHECK(files.add(*record));
  const bool ok = record->outcome == store::Outcome::kOk && !record->comparisons.empty();
  progress.end(ok ? record->comparisons.front().verdict : store::to_string(record->outcome));
  records.push_back(std::move(*record));
  return cleaned;
}

}  // namespace

int comparison_exit_code(const std::vector<store::CaseRecord>& records, bool fail_on_regression) {
  RunSummary summary;
  summary.records = records;
  const int code = exit_code_of(summary, false);
  if (code != 0 || !fail_on_regression) return code;
  for (const store::CaseRecord& record : records) {
    for (const store::ComparisonRecord& comparison : record.comparisons) {
      if (comparison.metric == "time/total" && comparison.verdict == "REGRESSED") {
        return static_cast<int>(ExitCode::kRegression);
      }
    }
  }
  return 0;
}

Result<int> compare_programs(ProgramRequest request, bool fail_on_regression) {
  ASSAY_TRY(ProgramPlan plan, plan_programs(request));
  ASSAY_TRY(const Home home, find_home());
  // The kernel counts our own peak into that of what we start; see ProcessResult::peak_rss_bytes.
  static_cast<void>(measure::reset_resident_peak());
  const Json environment = measure::read_environment(home.root);
  ASSAY_TRY(RunFiles files, RunFiles::create(home, request.output, request.command, request.seed, environment));
  ProgressLine progress(stderr, request.quiet);
  progress.begin(short_name(plan.arms[0].name, 40) + " -> " + short_name(plan.arms[1].name, 40), 1, 1);
  std::vector<store::CaseRecord> records;
  ASSAY_CHECK(files.finish(measure_and_store(request, plan, environment, files, progress, records)));
  const std::string table = program_text(records.front());
  fmt::print("{}\n\n{}{}records: {}\n", summary_sentence(records.front()), table, table.empty() ? "" : "\n",
             files.folder().string());
  return comparison_exit_code(records, fail_on_regression);
}

std::shared_ptr<OtherComparisons> add_other_comparisons(CLI::App* command) {
  const auto other = std::make_shared<OtherComparisons>();
  ProgramRequest& request = other->programs;
  const std::string group = "Programs instead of variants";
  const auto add = [&](const char* name, auto& value, const char* text) {
    return command->add_option(name, value, text)->group(group);
  };
  const auto one_value = [](CLI::Option* option) { option->expected(1)->take_all(); };
  one_value(add("--command", request.commands, "a command line; give it twice, baseline first"));
  one_value(add("--command-name", request.names, "what to call them; once for each command"));
  one_value(add("--setup", request.setup, "run once before all runs; what it leaves running ends with the comparison"));
  one_value(add("--prepare", request.prepare, "run before each run, untimed; twice: one for each command"));
  one_value(add("--cleanup", request.cleanup, "run once after all runs, also after a failure"));
  one_value(add("--compare-output", request.compare_output, "a file that every run writes and that must be equal"));
  add("--shell", request.shell, "sh, bash, ...; none: no shell; auto: sh if a command needs one")
      ->capture_default_str();
  add("--input", request.input, "file for standard input")->capture_default_str()->check(CLI::ExistingFile);
  add("--warmup", request.warmup, "untimed runs of each command first; one at least, to compare the answers")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000));
  add("--pairs", request.pairs, "pairs to measure, whatever the budget")->check(CLI::Range(2, 10000));
  command
      ->add_flag("--ignore-failure", request.ignore_failure, "let commands exit with another code than 0, the same one")
      ->group(group);
  command->add_flag("--ignore-output", request.ignore_output, "do not compare standard output; it goes to /dev/null")
      ->group(group);
  command
      ->add_flag("--google-benchmark", other->google_benchmark,
                 "baseline and candidate are programs built with Google Benchmark: case by case, interleaved")
      ->group(group);
  const std::string files = "Result files of Google Benchmark, hyperfine or nvbench instead of variants";
  command
      ->add_option("--filter", other->filter,
                   "only benchmarks whose name has this regular expression in it; also with --google-benchmark")
      ->group(files);
  command->add_option("--margin", other->margin, "smallest change that counts, as a fraction; default: 0.1")
      ->check(finite_between(0.001, 1))
      ->group(files);
  command->add_flag("--fail-on-regression", other->fail_on_regression,
                    "programs and files: exit with 3 if a verdict is REGRESSED");
  return other;
}

}  // namespace assay::cli
