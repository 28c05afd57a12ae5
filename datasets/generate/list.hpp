// What can be made and what the cache already holds.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/load/manifest.hpp"

namespace assay::datasets {

// The sizes that suites use; any other people-<n>[k|m] can be made as well.
inline constexpr std::array<std::string_view, 4> kNamedSizes{"people-10k", "people-100k", "people-1m", "people-10m"};

struct CachedDataset {
  std::filesystem::path folder;
  std::optional<Manifest> manifest;  // empty if it cannot be used
  std::string problem;               // why
};

// Every folder of the cache that has a manifest, by name; folders in the making are left out. An absent cache is empty.
[[nodiscard]] std::vector<CachedDataset> list_cached(const std::filesystem::path& cache);

}  // namespace assay::datasets
