// Counts a data set's properties again and compares them, and every digest, with its manifest.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/core/result.hpp"

namespace assay::datasets {

struct CheckReport {
  std::vector<std::string> differences;  // one line each; empty: the data set is what its manifest says
};

// Reads every byte: digests, ids and truth, realised error rates against the nominal ones (five standard deviations),
// and all measured properties. Errors: kUsage if the data set cannot be opened at all.
[[nodiscard]] Result<CheckReport> check(const std::filesystem::path& folder, unsigned threads);

}  // namespace assay::datasets
