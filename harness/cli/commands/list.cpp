// assay list: the variants, suites, audits and workloads that are there.
#include <fmt/ranges.h>

#include <cstdio>

#include "harness/cli/catalog.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/terminal.hpp"
#include "harness/core/json.hpp"
#include "harness/plan/workload.hpp"

namespace assay::cli {
namespace {

struct Options {
  std::string plugins;
  bool json = false;
};

std::vector<std::string> ids_in(const std::filesystem::path& folder) {
  std::vector<std::string> ids;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".json") ids.push_back(entry.path().stem().string());
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

Json as_json(const Catalog& catalog) {
  Json list = Json::array();
  for (const auto& [id, entry] : catalog.variants) {
    list.push_back({{"id", id},
                    {"summary", entry.info.summary},
                    {"workloads", entry.info.workloads},
                    {"needs", entry.info.needs},
                    {"build", entry.info.build},
                    {"module", entry.module.filename().string()}});
  }
  return list;
}

Result<int> list(const Options& options) {
  ASSAY_TRY(const Home home, find_home());
  ASSAY_TRY(const Catalog catalog,
            read_catalog(options.plugins.empty() ? home.plugins : std::filesystem::path(options.plugins)));
  for (const std::string& line : catalog.refused) fmt::print(stderr, "assay: refused: {}\n", line);
  if (options.json) {
    fmt::print("{}\n", as_json(catalog).dump(1));
    return 0;
  }
  ASSAY_TRY(const auto workloads, plan::read_workloads(home.workloads()));
  std::vector<std::vector<std::string>> rows{{"variant", "workloads", "what it is"}};
  for (const auto& [id, entry] : catalog.variants) {
    rows.push_back({id, fmt::format("{}", fmt::join(entry.info.workloads, ", ")), entry.info.summary});
  }
  fmt::print("{}\nsuites: {}\naudits: {}\nworkloads:\n", table_text(rows), fmt::join(ids_in(home.suites()), ", "),
             fmt::join(ids_in(home.audits()), ", "));
  for (const auto& [id, workload] : workloads) fmt::print("  {}: {}\n", id, workload.summary);
  return 0;
}

}  // namespace

void add_list(CLI::App& app, Invocation& invocation) {
  CLI::App* const command = app.add_subcommand("list", "Show variants, suites, audits and workloads");
  const auto options = std::make_shared<Options>();
  command->add_option("--plugins", options->plugins, "folder with plugin modules instead of the built ones");
  command->add_flag("--json", options->json, "variants as JSON");
  command->footer("example:\n  assay list");
  command->callback([&invocation, options] { invocation.action = [options] { return list(*options); }; });
}

}  // namespace assay::cli
