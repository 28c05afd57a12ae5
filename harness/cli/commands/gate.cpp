// assay gate: base and head of every variant of a suite, interleaved, or as stored records know them; one exit code for
// a CI job.
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "harness/cli/commands.hpp"
#include "harness/cli/gate.hpp"
#include "harness/cli/gate_stored.hpp"
#include "harness/cli/stored_sources.hpp"
#include "harness/core/files.hpp"
#include "harness/gate/outputs.hpp"

namespace assay::cli {
namespace {

struct Options {
  GateRequest request;
  std::string baseline;
  std::string candidate;
  bool cross_machine = false;
  std::string junit;
  std::string markdown;
  std::string metrics;
};

bool is_set(const char* variable) {
  const char* const value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

// GitHub reads annotations from standard output and appends the file to the job's page.
Status tell_github(const gate::GateReport& report) {
  if (!is_set("GITHUB_ACTIONS")) return {};
  fmt::print("{}", gate::to_github_annotations(report));
  if (!is_set("GITHUB_STEP_SUMMARY")) return {};
  const std::string path = std::getenv("GITHUB_STEP_SUMMARY");
  std::ofstream file(path, std::ios::app);
  file << gate::to_markdown(report) << '\n';
  file.close();
  if (file) return {};
  return fail(ErrorKind::kInternal, "cannot write the step summary '{}'", path);
}

Status write_copies(const Options& options, const gate::GateReport& report) {
  if (!options.junit.empty()) ASSAY_CHECK(write_file_atomically(options.junit, gate::to_junit(report)));
  if (!options.markdown.empty()) ASSAY_CHECK(write_file_atomically(options.markdown, gate::to_markdown(report)));
  if (!options.metrics.empty()) ASSAY_CHECK(write_file_atomically(options.metrics, gate::to_gitlab_metrics(report)));
  return {};
}

void print(const gate::GateReport& report) {
  fmt::print("\n{}\n{}\n", gate_table(report), gate::summary_sentence(report));
}

Result<gate::GateReport> measure(const Options& options, const Home& home) {
  if (options.cross_machine) {
    return fail(ErrorKind::kUsage, "--cross-machine is for stored records; builds are always measured on this machine");
  }
  GateRequest request = options.request;
  request.baseline = options.baseline;
  request.candidate = options.candidate;
  ASSAY_TRY(const GateSummary summary, run_gate(request, home, interrupted()));
  print(summary.report);
  fmt::print("records: {}\n", summary.folder.string());
  return summary.report;
}

// Files of the gate go to -o alone: there is nothing else to keep.
Result<gate::GateReport> compare_stored(const Options& options, const Home& home) {
  const RunRequest& run = options.request.run;
  if (options.request.budget_seconds || !run.resume.empty() || run.threads != 1) {
    return fail(ErrorKind::kUsage, "--budget, --threads and --resume are for builds that are measured; '{}' is stored",
                options.baseline);
  }
  const std::filesystem::path& folder = run.output;
  if (!folder.empty() &&
      (std::filesystem::exists(folder / "run.json") || std::filesystem::exists(folder / "gate.json"))) {
    return fail(ErrorKind::kUsage, "'{}' already holds a run or gate; give another folder or remove it",
                folder.string());
  }
  StoredGateRequest request;
  request.policy = options.request.policy;
  request.baseline = options.baseline;
  request.candidate = options.candidate;
  request.strict = options.request.strict;
  request.cross_machine = options.cross_machine;
  request.datasets = run.datasets;
  request.command = run.command;
  ASSAY_TRY(gate::GateReport report, gate_stored(request, home));
  print(report);
  if (folder.empty()) return report;
  ASSAY_CHECK(make_folder(folder));
  ASSAY_CHECK(write_gate_files(report, [&](const std::string& name, std::string_view text) {
    return write_file_atomically(folder / name, text);
  }));
  return report;
}

Result<int> run(const Options& options) {
  ASSAY_TRY(const Home home, find_home());
  const bool base_is_built = names_modules(options.baseline);
  const bool head_is_built = names_modules(options.candidate);
  if (base_is_built != head_is_built) {
    return fail(ErrorKind::kUsage,
                "'{}' is a folder of plugin modules, '{}' is not: give two builds to measure, or the stored records of "
                "both ('assay run SUITE --plugins FOLDER' makes them)",
                base_is_built ? options.baseline : options.candidate,
                base_is_built ? options.candidate : options.baseline);
  }
  ASSAY_TRY(const gate::GateReport report, base_is_built ? measure(options, home) : compare_stored(options, home));
  ASSAY_CHECK(write_copies(options, report));
  ASSAY_CHECK(tell_github(report));
  return gate::exit_code_of(report);
}

}  // namespace

void add_gate(CLI::App& app, Invocation& invocation) {
  CLI::App* const command =
      app.add_subcommand("gate", "Measure two builds of the same variants interleaved; red for a slowdown only");
  const auto options = std::make_shared<Options>();
  GateRequest& request = options->request;
  command->add_option("--policy", request.policy, "what is let through (schema assay-policy/1)")->required();
  command
      ->add_option(
          "--baseline", options->baseline,
          "the base: a folder of plugin modules; or a run, a record, or the name of a baseline (measures nothing)")
      ->required();
  command->add_option("--candidate", options->candidate, "the head: likewise")->required();
  command->add_flag("--cross-machine", options->cross_machine,
                    "compare stored records of different machine classes: answers and exact metrics alone");
  command->add_flag("--strict", request.strict, "exit with 5 if a cell stays INCONCLUSIVE");
  command->add_option("--budget", request.budget_seconds, "seconds of timing over all cells; default: the policy's")
      ->check(finite_between(0.01, 86400));
  command->add_option("--datasets", request.run.datasets, "only these data sets, separated by commas")->delimiter(',');
  command->add_option("--threads", request.run.threads, "thread budget of a variant")->check(CLI::Range(1, 1024));
  command->add_option("--junit", options->junit, "also write JUnit XML to this file");
  command->add_option("--markdown", options->markdown, "also write Markdown for a comment to this file");
  command->add_option("--metrics", options->metrics, "also write OpenMetrics text (GitLab) to this file");
  CLI::Option* const output =
      command->add_option("-o,--output", request.run.output,
                          "run folder; must not hold a run yet (of stored records: folder for gate.json and the like)");
  command
      ->add_option("--resume", request.run.resume,
                   "go on with the gate in this folder, which was cut off; policy, code and data must be the same")
      ->excludes(output);
  command->add_flag("-q,--quiet", request.run.quiet, "no progress");
  command->footer(
      "Records of different times cannot prove a slowdown: it is a warning, unless the policy says \"offline_time\": "
      "\"gate\".\n"
      "exit codes: 0 none is slower, 3 slower or over budget, 4 other answers, 5 inconclusive (--strict), 6 crash, "
      "hang or\n"
      "  out of memory, 75 the machine was not fit for measuring: try again\n"
      "example:\n"
      "  assay gate --policy ci/policy.json --baseline base/plugins --candidate build/release/plugins\n"
      "  assay gate --policy ci/policy.json --baseline main --candidate .assay/runs/20261121-091011-gate");
  command->callback([&invocation, options] {
    invocation.action = [&invocation, options] {
      options->request.run.command = invocation.command;
      return run(*options);
    };
  });
}

}  // namespace assay::cli
