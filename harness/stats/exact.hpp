// Metrics without noise (allocations, bytes, launches, round trips): compared by equality, not by statistics.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace assay::stats {

enum class ExactOutcome { kEqual, kFewer, kMore };

struct ExactComparison {
  ExactOutcome outcome = ExactOutcome::kEqual;  // of the candidate against the baseline
  std::uint64_t baseline = 0;
  std::uint64_t candidate = 0;
  std::optional<double> ratio =
      std::nullopt;  // candidate / baseline; 1 for 0 against 0; null for more than 0 against 0
};

// Nothing if either side was not measured.
[[nodiscard]] std::optional<ExactComparison> compare_exact(std::optional<std::uint64_t> baseline,
                                                           std::optional<std::uint64_t> candidate);

[[nodiscard]] std::string_view to_string(ExactOutcome outcome);  // "equal", "fewer", "more"

}  // namespace assay::stats
