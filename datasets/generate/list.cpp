#include "datasets/generate/list.hpp"

#include <algorithm>
#include <system_error>

namespace assay::datasets {

std::vector<CachedDataset> list_cached(const std::filesystem::path& cache) {
  std::vector<CachedDataset> found;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(cache, error)) {
    const std::filesystem::path& folder = entry.path();
    std::error_code ignored;
    if (folder.filename().string().find(".tmp.") != std::string::npos) continue;
    if (!std::filesystem::exists(folder / kManifestFile, ignored)) continue;
    CachedDataset dataset{folder, std::nullopt, {}};
    auto manifest = read_manifest(folder);
    const Status sizes = manifest ? check_sizes(folder, *manifest) : Status{};
    if (!manifest) {
      dataset.problem = manifest.error().message;
    } else if (!sizes) {
      dataset.problem = sizes.error().message;
    } else {
      dataset.manifest = std::move(*manifest);
    }
    found.push_back(std::move(dataset));
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.folder < b.folder; });
  return found;
}

}  // namespace assay::datasets
