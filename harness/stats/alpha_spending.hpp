// Looking several times at a growing sample without more false alarms: exact boundaries for a repeated sign test.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace assay::stats {

// The counts at which a repeated sign test decides. One success per pair, each with probability at most 1/2 if the null
// hypothesis holds.
struct SignBoundary {
  std::vector<std::size_t> looks;                    // pairs at each look, increasing
  std::vector<std::optional<std::size_t>> critical;  // fewest successes that decide at this look; null: none can
  std::vector<double> spent;                         // P(decided at this look or an earlier one) under the null
};

// Boundary whose probability of a wrong decision, over all looks together, is at most `alpha`.
//
// Lan & DeMets 1983 with the power family alpha(t) = alpha * t^2 of Kim & DeMets 1987, t = pairs / pairs at the last
// look: little is spent early, where a decision rests on few pairs. Counts are whole, so a look rarely spends all it
// may; the rest passes on to the next. The probabilities are exact: a recursion over (pairs, successes) of the walks
// that no earlier look has stopped, not a sum of bounds. Who skips a look, or stops early for another reason, errs less
// often, never more. O(p^2) time, O(p) memory for p pairs at the last look. REQUIRES: looks increase strictly from at
// least 1, 0 < alpha < 1/2.
[[nodiscard]] SignBoundary spend_alpha(std::span<const std::size_t> looks, double alpha);

// P(the boundary is crossed for the first time at look i) if each pair is a success with `probability`: error rates at
// 1/2, power above. Exact; O(p^2).
[[nodiscard]] std::vector<double> crossing_probabilities(const SignBoundary& boundary, double probability);

// P(crossed at an earlier look, or at least `successes` at this one) under the null hypothesis: the p-value of a walk
// that stops at looks[look], in stage-wise ordering. Exact; O(p^2). REQUIRES: look < looks.size().
[[nodiscard]] double stagewise_p_value(const SignBoundary& boundary, std::size_t look, std::size_t successes);

}  // namespace assay::stats
