// Where the next seconds of a budget decide most.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace assay::plan {

// A comparison without a verdict yet.
struct OpenCell {
  std::size_t pairs = 0;    // taken so far
  std::size_t most = 0;     // that may be taken
  double pair_seconds = 0;  // what one more costs
  double median = 0;        // of the log ratios so far
  double sigma = 0;         // of one log ratio
  double threshold = 0;     // ln(1 + margin)
};

// Seconds until a verdict is likely (80 %), infinite beyond `most`: the pairs after which the 99.5 % bound of the
// median, 1.2533 sigma / sqrt(n) wide on normal data, leaves the threshold on the side where the median now lies.
[[nodiscard]] double seconds_to_verdict(const OpenCell& cell);

// The cell that needs the fewest seconds: taking them in this order ends the most of them within any budget (shortest
// job first). A cell that is hopeless by its present figures comes last, the one with the fewest pairs first, as those
// figures are a guess. Nothing if no cell may take pairs. O(cells).
[[nodiscard]] std::optional<std::size_t> next_cell(std::span<const OpenCell> cells);

}  // namespace assay::plan
