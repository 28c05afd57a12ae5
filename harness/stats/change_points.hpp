// Where a series of measurements changed its level: E-divisive with medians, for notes on a history, never for a gate.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "harness/core/result.hpp"

namespace assay::stats {

struct ChangePointOptions {
  std::size_t window = 30;    // points that are looked at together; >= 2 * kFewestLevelPoints
  double p = 0.001;           // of one change point, in (0, 0.5]
  double min_magnitude = 0;   // smallest relative change of level that counts: 0.02 = 2 %
  std::uint64_t seed = 1306;  // of the permutations; the same seed gives the same answer on every machine
};

struct ChangePoint {
  std::size_t index = 0;  // first point of the new level
  double before = 0;      // median of the level that ends here, in the unit of the values
  double after = 0;       // median of the level that begins here
  double p = 0;           // of no change between the neighbouring change points, at most a window to either side
  [[nodiscard]] double relative_change() const { return after / before - 1; }
};

// A level of fewer points is not told from outliers: with two points in a window of 30 no permutation test reaches
// 0.001.
inline constexpr std::size_t kFewestLevelPoints = 3;

// The shortest series in which a clear step halfway is surely seen: of n points, two of the C(n, n / 2) orders split
// best, and that share must be well below `p`, a quarter, because it is estimated from 2 / p permutations. 16 for
// 0.001; with luck a step is seen two points earlier. REQUIRES: p in (0, 0.5].
[[nodiscard]] std::size_t fewest_points(double p);

// Change points of `values` (positive, in the order they were taken), by index; none can be seen in much
// fewer than fewest_points(p) values. Works on logarithms, so a change counts alike upwards and downwards.
//
// 1. Split: in windows that overlap by half, the split with the greatest energy distance between its two sides
//    (exponent 1) is kept if its permutation p is at most 10 p, and both sides are split again (Matteson & James 2014,
//    JASA 109, section 2, with the right side reaching to the end of the segment, as in Hunter).
// 2. Merge: every candidate is tested again between its neighbours, the weakest is dropped and its neighbours tested
//    anew, until all have p at most `p` and a change of at least `min_magnitude` (Fleming et al. 2023, "Hunter",
//    arXiv 2301.03034, section 3).
//
// The p is that of the greatest distance over all splits under permutation of the points, so it pays for having chosen
// the split and holds for noise of any shape, as long as the points of one level are exchangeable. Hunter's t-test does
// neither. At least kFewestLevelPoints points must follow a change before it is seen; a gradual drift comes out as one
// step or several.
//
// By simulation (change_points_test.cpp): below 1 % of stationary series of 100 points have any change point (8 of 4000
// with normal noise). Noise that is correlated from point to point breaks the exchangeability (0.3: 4 %, 0.6: 38 % of
// series); then `min_magnitude` protects (noise of 1 %, least change 2 %: 0.1 % and 2.2 %). A step of 5 sigmas is found
// in 95 % of series with 3 points after it and in all with 5; one of 3 sigmas in 97 % with 8.
//
// Errors: kInternal if a value is not finite and positive, or an option is out of range.
// O(n * window * permutations) time, permutations = 2 / p; O(window^2 + n) memory.
[[nodiscard]] Result<std::vector<ChangePoint>> find_change_points(std::span<const double> values,
                                                                  const ChangePointOptions& options = {});

}  // namespace assay::stats
