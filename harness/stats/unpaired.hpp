// Two samples that were not taken in pairs, as in files of other tools: shift of log times with an exact interval.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "harness/stats/sign_interval.hpp"
#include "harness/stats/verdict.hpp"

namespace assay::stats {

// No control vouches for samples that were taken one series after the other, minutes apart: on a shared machine
// identical code then differs by several percent, and a change of clock or neighbour looks like a change of code. So
// the margin is what elsewhere is the greatest one that can call anything alike.
inline constexpr double kUnpairedMargin = kMarginCap;

// Of each arm. Five and five are the fewest that have a 99.5 % bound; three against a hundred have one too, but three
// samples come from one short spell, whatever the other side has.
inline constexpr std::size_t kFewestUnpaired = 5;

struct UnpairedComparison {
  std::size_t baseline_samples = 0;
  std::size_t candidate_samples = 0;
  double ratio = 1;                                   // exp of the Hodges-Lehmann shift of the logarithms
  std::optional<Interval> interval95 = std::nullopt;  // of the ratio; null below 4 + 4 samples
  Verdict verdict = Verdict::kInconclusive;
  VerdictReason reason = VerdictReason::kTooFewPairs;
};

// Median of all differences candidate - baseline (Hodges & Lehmann 1963).
// REQUIRES: neither is empty. O((n + m) log) time: the differences are counted, not made.
[[nodiscard]] double median_shift(std::span<const double> baseline, std::span<const double> candidate);

// The interval of that shift between order statistics of the differences, by the exact null distribution of the
// Mann-Whitney statistic (Moses; Hollander, Wolfe & Chicken, Nonparametric Statistical Methods, 3rd ed., 4.3), by its
// normal approximation where both samples have 50 values and more than 10 000 pairs. Assumes that the two distributions
// differ by a shift at most; ties widen it. Nothing if the samples are too small for the confidence (4 + 4 for 95 %,
// 5 + 5 for 99 %) or hold a value that is not finite. A much larger sample is thinned evenly to bound the time (0.1 s).
[[nodiscard]] std::optional<Interval> shift_interval(std::span<const double> baseline,
                                                     std::span<const double> candidate, double confidence);

// The rule of judge (verdict.hpp) on the shift of log times: Below kFewestUnpaired samples of an arm INCONCLUSIVE.
// Times must be positive and finite; nothing if they are not, or a sample is empty.
[[nodiscard]] std::optional<UnpairedComparison> compare_unpaired(std::span<const double> baseline_times,
                                                                 std::span<const double> candidate_times,
                                                                 double margin);

// P(U <= u) for samples of n and m without a difference. Exact; O((n m)^2) time.
[[nodiscard]] long double mann_whitney_cdf(std::size_t n, std::size_t m, std::size_t u);

}  // namespace assay::stats
