// The best split of a segment in two by energy distance, and the permutation test of that choice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace assay::stats {

struct EnergySplit {
  std::size_t index = 0;  // first point of the right side; 0: no split has a positive distance
  double distance = 0;    // n m / (n + m) * energy distance of the sides, in the unit of the values
};

// The split that leaves at least `fewest` (>= 2) points on either side and has the greatest distance
//   n m / (n + m) * (2 mean |x - y| - mean |x - x'| - mean |y - y'|)
// over pairs x, x' of the n points on the left and y, y' of the m on the right, each pair of different points once.
// No split (index 0) if there are fewer than 2 * fewest points or all are equal. O(n^2) time and memory.
// Source: Matteson & James 2014, "A Nonparametric Approach for Multiple Change Point Analysis of Multivariate Data",
// JASA 109(505), equations 5 to 7 with exponent 1.
[[nodiscard]] EnergySplit best_split(std::span<const double> values, std::size_t fewest);

// Share of random orders of the values whose best split is at least as far apart as `distance`: (1 + count) / (1 + N)
// with N = `permutations`. Stops as soon as more than `limit` are and then returns the share so far, which is above
// (1 + limit) / (1 + N) (Besag & Clifford 1991, "Sequential Monte Carlo p-values", Biometrika 78).
// O(permutations * n^2) time, O(n^2) memory.
[[nodiscard]] double split_p(std::span<const double> values, std::size_t fewest, double distance,
                             std::size_t permutations, std::size_t limit, std::uint64_t seed);

}  // namespace assay::stats
