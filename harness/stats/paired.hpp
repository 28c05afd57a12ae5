// Baseline against candidate, sample by sample: log ratios, their median, its interval, and what could have been seen.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "harness/core/result.hpp"
#include "harness/stats/sign_interval.hpp"

namespace assay::stats {

// ln(candidate[i] / baseline[i]); negative where the candidate was faster or smaller. The two arms of a pair ran next
// to each other, so slow drifts and noise bursts cancel inside the pair. Errors: kInternal if the lengths differ or a
// value is not finite and positive.
[[nodiscard]] Result<std::vector<double>> log_ratios(std::span<const double> baseline,
                                                     std::span<const double> candidate);

struct PairedComparison {
  std::size_t pairs = 0;
  double ratio = 1.0;                                 // candidate over baseline: exp(median log ratio)
  std::optional<Interval> interval95 = std::nullopt;  // of the ratio; null below 6 pairs
  std::optional<double> sigma = std::nullopt;         // spread of one log ratio: 1.4826 * MAD; null below 2 pairs
  std::optional<double> minimum_detectable_effect = std::nullopt;  // see below; null below 8 pairs
};

// Median of ratios, never ratio of medians: under bursts its error is several times smaller. `margin` is the smallest
// relative change that matters (0.02 = 2 %). Returns nothing without pairs.
[[nodiscard]] std::optional<PairedComparison> compare_pairs(std::span<const double> log_ratios, double margin);

// The true slowdown, as a fraction, that REGRESSED finds in 80 of 100 experiments of this size:
//   ln(1 + effect) = ln(1 + margin) + (z(0.995) + z(0.80)) * sqrt(pi / 2) * sigma / sqrt(pairs)
// where sqrt(pi / 2) is what a median loses against a mean on normal data. An approximation: the exact sign test moves
// in whole ranks, so small experiments need a little more. Null below 8 pairs, where no bound of 99.5 % exists.
[[nodiscard]] std::optional<double> minimum_detectable_effect(double sigma, std::size_t pairs, double margin);

}  // namespace assay::stats
