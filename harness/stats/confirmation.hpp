// A slowdown turns a gate red only if fresh processes show it again.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace assay::stats {

enum class Confirmation {
  kConfirmed,
  kBoundNotAboveZero,  // the second stage alone does not show that anything got slower
  kLaunchesDisagree,   // the launches do not agree: what was seen belongs to single processes
  kTooFewPairs,        // below 6 pairs no bound of 97.5 % exists
  kTooFewLaunches,     // one process cannot disagree with itself
};

// Whether the second stage of a cell that was REGRESSED confirms it. Both must hold:
//   the 97.5 % lower bound of the median log ratio of all pairs is > 0 (the 95 % interval lies above "no change"; zero,
//   not the margin, because the first stage has already shown the size, and asking twice for the margin halves power)
//   at least 2/3 of the launches have a median > 0.
// log_ratios_by_launch: of the second stage only, each from fresh processes in a new order; empty ones do not count.
// The product of two p-values proves nothing where both stages share their noise, so the second must be another machine
// state; this function cannot see to that. O(n log n).
[[nodiscard]] Confirmation confirm_regression(std::span<const std::vector<double>> log_ratios_by_launch);

[[nodiscard]] std::string_view to_string(Confirmation confirmation);  // "confirmed", "bound_not_above_zero", ...

}  // namespace assay::stats
