#include "harness/cli/dataset_cache.hpp"

#include <thread>

#include "datasets/generate/make.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/terminal.hpp"
#include "harness/core/files.hpp"

namespace assay::cli {

Result<std::filesystem::path> ensure_dataset(const Home& home, const std::string& name, const std::string& profile,
                                             std::uint64_t seed, bool quiet) {
  ASSAY_TRY(const datasets::Profile known, datasets::parse_profile(profile));
  ASSAY_CHECK(make_folder(home.dataset_cache()));
  const datasets::MakeOptions options{name, known, seed, home.dataset_cache(), std::thread::hardware_concurrency()};
  ASSAY_TRY(const std::filesystem::path folder, datasets::dataset_folder(options));
  const bool cached = std::filesystem::exists(folder / "manifest.json");
  ProgressLine line(stderr, quiet || cached);
  line.begin("making data set " + name + " " + profile, 1, 1);
  const auto made = datasets::make(options, [&](const datasets::Progress& progress) {
    line.advance(progress.total == 0 ? 0 : static_cast<double>(progress.done) / static_cast<double>(progress.total));
    return !interrupted().load();
  });
  line.end(made ? "made" : "failed");
  return made;
}

}  // namespace assay::cli
