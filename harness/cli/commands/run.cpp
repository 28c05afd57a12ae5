// assay run, compare and audit: the same road with different plans, then the tables and the report.
#include <cstdio>

#include "harness/cli/commands.hpp"
#include "harness/cli/commands/compare_benchmarks.hpp"
#include "harness/cli/commands/compare_files.hpp"
#include "harness/cli/commands/compare_programs.hpp"
#include "harness/cli/terminal.hpp"

namespace assay::cli {
namespace {

struct Options {
  RunRequest request;
  std::vector<std::string> parameters;  // key=value
  bool enforce = false;
  bool no_report = false;
};

void add_common(CLI::App* command, const std::shared_ptr<Options>& options) {
  RunRequest& request = options->request;
  command->add_option("--datasets", request.datasets, "only these data sets, separated by commas")->delimiter(',');
  command->add_option("--budget", request.budget_seconds, "seconds per case")->check(finite_between(0.01, 86400));
  command
      ->add_option("--limit", request.limit_seconds,
                   "seconds a call of a plugin, or a run of a program, may take; default: the suite's, or 120")
      ->check(finite_between(0.001, 86400));
  command->add_option("--memory-limit", request.memory_mebibytes, "MiB a worker may use; default: the suite's, or 4096")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1} << 40));
  command->add_option("--launches", request.launches, "fresh worker processes per arm")->check(CLI::Range(1, 100));
  command->add_option("--threads", request.threads, "thread budget of a variant")->check(CLI::Range(1, 1024));
  if (command->get_name() != "audit") {
    command->add_flag(
        "--until-verdict", request.until_verdict,
        "end a case as soon as slower or faster is sure, or no answer is likely; --budget is then the most");
  }
  command->add_flag("--instructions", request.counts.instructions,
                    "also count instructions, under valgrind; takes some 50 times as long as a run");
  command->add_flag("--syscalls", request.counts.syscalls, "also count system calls, in a traced run");
  command->add_option("--plugins", request.plugins, "folder with plugin modules instead of the built ones");
  CLI::Option* const output = command->add_option("-o,--output", request.output, "run folder; must not hold a run yet");
  command
      ->add_option("--resume", request.resume,
                   "go on with the run in this folder, which was cut off; plan, code and data must be the same")
      ->excludes(output);
  command->add_flag("--fsync-samples", request.flush_samples, "force every sample to the disk, not every case only");
  command->add_flag("-q,--quiet", request.quiet, "no progress");
  command->add_flag("--no-report", options->no_report, "do not make the HTML report");
}

Result<int> finish(const Options& options, const Home& home, const RunSummary& summary) {
  fmt::print("\n{}", verdict_table(summary.records));
  if (const std::string counts = counts_table(summary.records); !counts.empty()) fmt::print("\n{}", counts);
  for (std::size_t i = 0; i < summary.audits.size(); ++i) {
    fmt::print("\n{}", ledger_table(summary.audits[i], summary.ledgers[i]));
  }
  fmt::print("\nrecords: {}\n", summary.folder.string());
  std::fflush(stdout);
  if (!options.no_report) {
    ASSAY_TRY(const std::filesystem::path report, write_report(home, summary.folder, summary.folder / "report.html"));
    fmt::print("report:  {}\n", report.string());
  }
  return exit_code_of(summary, options.enforce);
}

Result<int> run(Options options, const std::string& typed) {
  options.request.command = typed;
  if (options.request.reference == "") options.request.reference.reset();
  ASSAY_TRY(const Home home, find_home());
  ASSAY_TRY(const RunSummary summary, run_all(options.request, home, interrupted()));
  return finish(options, home, summary);
}

Result<int> compare(Options options, const std::string& typed) {
  for (const std::string& text : options.parameters) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) {
      return fail(ErrorKind::kUsage, "parameter '{}' is not of the form key=value", text);
    }
    options.request.pair->parameters[text.substr(0, equals)] = text.substr(equals + 1);
  }
  options.request.pair->datasets = options.request.datasets;
  return run(std::move(options), typed);
}

// What else `assay compare` can compare: see commands/compare_programs.hpp.
Result<int> compare_anything(const Options& options, const OtherComparisons& other, const std::string& typed) {
  const RunRequest& request = options.request;
  const bool files = are_result_files(request.pair->baseline, request.pair->candidate);
  const bool variants = other.programs.commands.empty() && !other.google_benchmark && !files;
  if (!variants &&
      (!request.resume.empty() || request.until_verdict || request.counts.instructions || request.counts.syscalls)) {
    return fail(ErrorKind::kUsage,
                "--resume, --until-verdict, --instructions and --syscalls are for comparisons of variants only");
  }
  if (!other.programs.commands.empty()) {
    ProgramRequest programs = other.programs;
    programs.budget_seconds = request.budget_seconds.value_or(programs.budget_seconds);
    programs.limit_seconds = request.limit_seconds.value_or(programs.limit_seconds);
    programs.seed = request.seed;
    programs.output = request.output;
    programs.quiet = request.quiet;
    programs.command = typed;
    return compare_programs(programs, other.fail_on_regression);
  }
  if (request.pair->baseline.empty() || request.pair->candidate.empty()) {
    return fail(ErrorKind::kUsage,
                "give a baseline and a candidate (variants, programs or files), or --command twice; see 'assay compare "
                "--help'");
  }
  if (other.google_benchmark) {
    BenchmarkRequest benchmarks;
    benchmarks.programs = {request.pair->baseline, request.pair->candidate};
    benchmarks.filter = other.filter;
    benchmarks.pairs = other.programs.pairs;
    benchmarks.budget_seconds = request.budget_seconds.value_or(benchmarks.budget_seconds);
    benchmarks.limit_seconds = request.limit_seconds.value_or(benchmarks.limit_seconds);
    benchmarks.seed = request.seed;
    benchmarks.output = request.output;
    benchmarks.quiet = request.quiet;
    benchmarks.command = typed;
    return compare_benchmarks(benchmarks, other.fail_on_regression);
  }
  if (files) {
    return compare_files(
        {request.pair->baseline, request.pair->candidate, other.margin, other.filter, other.fail_on_regression});
  }
  return compare(options, typed);
}

}  // namespace

void add_run(CLI::App& app, Invocation& invocation) {
  CLI::App* const command = app.add_subcommand("run", "Measure a suite, and the claims of audits with it");
  const auto options = std::make_shared<Options>();
  command->add_option("suite", options->request.suite, "suite id (see 'assay list')")->required();
  command->add_option("--audit", options->request.audits,
                      "also measure and judge the claims of this audit; repeatable");
  command->add_flag("--enforce", options->enforce, "exit with 7 if a claim is REFUTED or REVERSED");
  add_common(command, options);
  command->footer("example:\n  assay run quick --audit name_matcher --datasets people-10k");
  command->callback([&invocation, options] {
    invocation.action = [&invocation, options] { return run(*options, invocation.command); };
  });
}

void add_audit(CLI::App& app, Invocation& invocation) {
  CLI::App* const command =
      app.add_subcommand("audit", "Measure the claims of one document and print claimed beside measured");
  const auto options = std::make_shared<Options>();
  options->request.audits.resize(1);
  options->request.reference = "persons.reference";
  command->add_option("--reference", options->request.reference, "variant whose answer must be met; '' for none")
      ->capture_default_str();
  command->add_option("document", options->request.audits[0], "audit id (see 'assay list')")->required();
  command->add_option("--profile", options->request.profile, "data set profile")->capture_default_str();
  command->add_option("--seed", options->request.seed, "seed of data and order")->capture_default_str();
  command->add_flag("--enforce", options->enforce, "exit with 7 if a claim is REFUTED or REVERSED");
  add_common(command, options);
  command->footer("example:\n  assay audit name_matcher --datasets people-10k");
  command->callback([&invocation, options] {
    invocation.action = [&invocation, options] { return run(*options, invocation.command); };
  });
}

void add_compare(CLI::App& app, Invocation& invocation) {
  CLI::App* const command = app.add_subcommand(
      "compare", "Measure two variants, or any two programs, against each other; or compare two result files");
  const auto options = std::make_shared<Options>();
  RunRequest& request = options->request;
  request.pair.emplace();
  request.pair->workload = "persons.match";
  request.datasets = {"people-10k"};
  command->add_option("baseline", request.pair->baseline, "variant id, or a result file of another tool (.json)");
  command->add_option("candidate", request.pair->candidate, "variant id, or a result file");
  command->add_option("--workload", request.pair->workload, "workload id")->capture_default_str();
  command->add_option("-p,--parameter", options->parameters, "workload parameter as key=value; repeatable");
  command->add_option("--reference", request.reference, "variant whose answer must be met, such as persons.reference");
  command->add_option("--profile", request.profile, "data set profile")->capture_default_str();
  command->add_option("--seed", request.seed, "seed of data and order")->capture_default_str();
  add_common(command, options);
  const auto other = add_other_comparisons(command);
  command->footer(
      "example:\n  assay compare score.scalar score.bitparallel --datasets people-100k -p algorithm=A4\n"
      "  assay compare --command 'sort words' --command 'sort --parallel=1 words' --budget 5\n"
      "  assay compare --google-benchmark old/bench new/bench --filter BM_Sort\n"
      "  assay compare old.json new.json");
  command->callback([&invocation, options, other] {
    invocation.action = [&invocation, options, other] {
      return compare_anything(*options, *other, invocation.command);
    };
  });
}

}  // namespace assay::cli
