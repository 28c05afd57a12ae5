// assay dataset: make, list and check the generated data sets.
#include <cstdio>
#include <thread>

#include "datasets/check.hpp"
#include "datasets/generate/csv.hpp"
#include "datasets/generate/list.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/dataset_cache.hpp"
#include "harness/cli/terminal.hpp"
#include "harness/core/files.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

struct MakeRequest {
  std::string name;
  std::string profile = "dirty";
  std::uint64_t seed = 42;
  std::string csv;
  bool quiet = false;
};

Result<int> make(const MakeRequest& request) {
  ASSAY_TRY(const Home home, find_home());
  ASSAY_TRY(const fs::path folder, ensure_dataset(home, request.name, request.profile, request.seed, request.quiet));
  ASSAY_TRY(const datasets::Dataset dataset, datasets::Dataset::open(folder));
  ASSAY_CHECK(dataset.verify());
  if (!request.csv.empty()) {
    ASSAY_CHECK(make_folder(request.csv));
    ASSAY_CHECK(datasets::write_csv(dataset, request.csv, std::thread::hardware_concurrency(),
                                    [](const datasets::Progress&) { return !interrupted().load(); }));
  }
  fmt::print("{}\n", request.csv.empty() ? folder.string() : request.csv);
  return 0;
}

Result<int> list() {
  ASSAY_TRY(const Home home, find_home());
  std::vector<std::vector<std::string>> rows{{"data set", "profile", "seed", "bytes", "digest", "folder"}};
  for (const datasets::CachedDataset& cached : datasets::list_cached(home.dataset_cache())) {
    if (!cached.manifest) {
      fmt::print(stderr, "assay: {}\n", cached.problem);
      continue;
    }
    std::uint64_t bytes = 0;
    for (const datasets::TableEntry& table : cached.manifest->tables) bytes += table.bytes;
    rows.push_back({cached.manifest->name, cached.manifest->profile, std::to_string(cached.manifest->seed),
                    bytes_text(static_cast<double>(bytes)), cached.manifest->digest.substr(0, 12),
                    cached.folder.filename().string()});
  }
  fmt::print("{}\n{} in '{}'\n", table_text(rows), rows.size() - 1, home.dataset_cache().string());
  return 0;
}

Result<int> check(const std::string& folder) {
  ASSAY_TRY(const datasets::CheckReport report, datasets::check(folder, std::thread::hardware_concurrency()));
  if (report.differences.empty()) {
    fmt::print("{}: intact: digests, rows, truth and error rates are what its manifest says\n", folder);
    return 0;
  }
  for (const std::string& difference : report.differences) fmt::print(stderr, "assay: {}\n", difference);
  return fail(ErrorKind::kUsage, "'{}' differs from its manifest in {} place(s); remove the folder and make it anew",
              folder, report.differences.size());
}

void add_make(CLI::App& parent, Invocation& invocation) {
  CLI::App* const command = parent.add_subcommand("make", "Generate a data set into the cache, unless it is there");
  const auto request = std::make_shared<MakeRequest>();
  command->add_option("name", request->name, "people-10k, people-100k, people-1m, people-10m or people-<n>")
      ->required();
  command->add_option("--profile", request->profile, "clean, dirty, unicode or households")->capture_default_str();
  command->add_option("--seed", request->seed, "same seed, same bytes, on every machine")->capture_default_str();
  command->add_option("--csv", request->csv, "also write left.csv, right.csv and truth.csv into this folder");
  command->add_flag("-q,--quiet", request->quiet, "no progress");
  command->footer("example:\n  assay dataset make people-100k --profile dirty --seed 42 --csv people");
  command->callback([&invocation, request] { invocation.action = [request] { return make(*request); }; });
}

}  // namespace

void add_dataset(CLI::App& app, Invocation& invocation) {
  CLI::App* const command = app.add_subcommand("dataset", "Make, list and check data sets");
  command->require_subcommand(1);
  command->footer("example:\n  assay dataset make people-10k");
  add_make(*command, invocation);
  CLI::App* const listed = command->add_subcommand("list", "Show the data sets in the cache");
  listed->footer("example:\n  assay dataset list");
  listed->callback([&invocation] { invocation.action = [] { return list(); }; });
  CLI::App* const checked =
      command->add_subcommand("check", "Compare digests, rows, truth and error rates of a data set with its manifest");
  const auto folder = std::make_shared<std::string>();
  checked->footer("example:\n  assay dataset check .assay/datasets/people-10k-dirty-42-g1");
  checked->add_option("folder", *folder, "folder of the data set")->required();
  checked->callback([&invocation, folder] { invocation.action = [folder] { return check(*folder); }; });
}

}  // namespace assay::cli
