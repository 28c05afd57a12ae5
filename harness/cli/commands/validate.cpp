// assay validate: the conformance suite for one plugin module.
#include <cstdio>

#include "harness/cli/commands.hpp"
#include "harness/cli/conformance.hpp"
#include "harness/cli/dataset_cache.hpp"
#include "harness/cli/terminal.hpp"
#include "harness/core/exit_code.hpp"

namespace assay::cli {
namespace {

struct Options {
  std::string plugin;
  std::string dataset = "people-2k";
  std::string profile = "dirty";
  double limit_seconds = 30;
};

const char* word(CheckStatus status) {
  switch (status) {
    case CheckStatus::kPassed:
      return "passed";
    case CheckStatus::kFailed:
      return "FAILED";
    case CheckStatus::kSkipped:
      break;
  }
  return "skipped";
}

Result<std::vector<Check>> check_all(const Options& options, RunContext& context) {
  ASSAY_TRY(const std::vector<CatalogEntry> variants, read_module(options.plugin));
  ASSAY_TRY(context.workloads, plan::read_workloads(context.home.workloads()));
  ASSAY_TRY(context.dataset_folders[options.dataset],
            ensure_dataset(context.home, options.dataset, options.profile, 42, false));
  std::vector<Check> checks;
  for (const CatalogEntry& variant : variants) {
    const auto more = check_conformance(context, variant, options.dataset);
    checks.insert(checks.end(), more.begin(), more.end());
    if (interrupted()) return fail(ErrorKind::kInterrupted, "interrupted while checking '{}'", variant.info.id);
  }
  return checks;
}

Result<int> validate(const Options& options) {
  RunContext context;
  ASSAY_TRY(context.home, find_home());
  context.interrupted = &interrupted();
  context.effort.limit_seconds = options.limit_seconds;
  ASSAY_TRY(const std::vector<Check> checks, check_all(options, context));
  std::vector<std::vector<std::string>> rows{{"variant", "workload", "check", "result"}};
  std::size_t failed = 0;
  for (const Check& check : checks) {
    const std::string result = word(check.status) + (check.detail.empty() ? "" : ": " + check.detail);
    rows.push_back({check.variant, check.workload, check.name, result});
    if (check.status == CheckStatus::kFailed) ++failed;
  }
  fmt::print("{}\n{} checks, {} failed\n", table_text(rows), checks.size(), failed);
  return static_cast<int>(failed == 0 ? ExitCode::kFine : ExitCode::kPlugin);
}

}  // namespace

void add_validate(CLI::App& app, Invocation& invocation) {
  CLI::App* const command = app.add_subcommand("validate", "Check that a plugin keeps the contract");
  const auto options = std::make_shared<Options>();
  command->add_option("plugin", options->plugin, "plugin module (.so)")->required();
  command->add_option("--dataset", options->dataset, "data set to check with")->capture_default_str();
  command->add_option("--profile", options->profile, "data set profile")->capture_default_str();
  command->add_option("--limit", options->limit_seconds, "seconds a call may take")
      ->check(finite_between(0.001, 86400))
      ->capture_default_str();
  command->footer("example:\n  assay validate build/release/plugins/template.birthdate.so");
  command->callback([&invocation, options] { invocation.action = [options] { return validate(*options); }; });
}

}  // namespace assay::cli
