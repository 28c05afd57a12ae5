// Data sets by name: found in the cache or generated into it.
#pragma once

#include <filesystem>
#include <string>

#include "harness/cli/home.hpp"

namespace assay::cli {

// Folder of the data set; generates it, with progress on stderr, if the cache has none.
// Errors: kUsage for an unknown name or profile; kInternal if it cannot be written.
[[nodiscard]] Result<std::filesystem::path> ensure_dataset(const Home& home, const std::string& name,
                                                           const std::string& profile, std::uint64_t seed, bool quiet);

}  // namespace assay::cli
