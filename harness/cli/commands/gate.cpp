// assay gate: base and head of every variant of a suite, interleaved; one exit code for a CI job.
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "harness/cli/commands.hpp"
#include "harness/cli/gate.hpp"
#include "harness/core/files.hpp"
#include "harness/gate/outputs.hpp"

namespace assay::cli {
namespace {

struct Options {
  GateRequest request;
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

Result<int> run(const Options& options) {
  ASSAY_TRY(const Home home, find_home());
  ASSAY_TRY(const GateSummary summary, run_gate(options.request, home, interrupted()));
  fmt::print("\n{}\n{}\n", gate_table(summary.report), gate::summary_sentence(summary.report));
  fmt::print("records: {}\n", summary.folder.string());
  ASSAY_CHECK(write_copies(options, summary.report));
  ASSAY_CHECK(tell_github(summary.report));
  return gate::exit_code_of(summary.report);
}

}  // namespace

void add_gate(CLI::App& app, Invocation& invocation) {
  CLI::App* const command =
      app.add_subcommand("gate", "Measure two builds of the same variants interleaved; red for a slowdown only");
  const auto options = std::make_shared<Options>();
  GateRequest& request = options->request;
  command->add_option("--policy", request.policy, "what is let through (schema assay-policy/1)")->required();
  command->add_option("--baseline", request.baseline, "folder with the plugin modules of the base build")->required();
  command->add_option("--candidate", request.candidate, "folder with those of the head build")->required();
  command->add_flag("--strict", request.strict, "exit with 5 if a cell stays INCONCLUSIVE");
  command->add_option("--budget", request.budget_seconds, "seconds of timing over all cells; default: the policy's")
      ->check(finite_between(0.01, 86400));
  command->add_option("--datasets", request.run.datasets, "only these data sets, separated by commas")->delimiter(',');
  command->add_option("--threads", request.run.threads, "thread budget of a variant")->check(CLI::Range(1, 1024));
  command->add_option("--junit", options->junit, "also write JUnit XML to this file");
  command->add_option("--markdown", options->markdown, "also write Markdown for a comment to this file");
  command->add_option("--metrics", options->metrics, "also write OpenMetrics text (GitLab) to this file");
  CLI::Option* const output =
      command->add_option("-o,--output", request.run.output, "run folder; must not hold a run yet");
  command
      ->add_option("--resume", request.run.resume,
                   "go on with the gate in this folder, which was cut off; policy, code and data must be the same")
      ->excludes(output);
  command->add_flag("-q,--quiet", request.run.quiet, "no progress");
  command->footer(
      "exit codes: 0 none is slower, 3 slower or over budget, 4 other answers, 5 inconclusive (--strict), 6 crash, "
      "hang or\n"
      "  out of memory, 75 the machine was not fit for measuring: try again\n"
      "example:\n"
      "  assay gate --policy ci/policy.json --baseline base/plugins --candidate build/release/plugins");
  command->callback([&invocation, options] {
    invocation.action = [&invocation, options] {
      options->request.run.command = invocation.command;
      return run(*options);
    };
  });
}

}  // namespace assay::cli
