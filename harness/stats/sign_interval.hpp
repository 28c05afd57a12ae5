// Exact confidence bounds of a median from order statistics (the inverted sign test).
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace assay::stats {

// For independent draws from any distribution, the number of values below the true median is Binomial(n, 1/2), so the
// r-th smallest value lies above the median with probability P(B <= r - 1). No shape, symmetry or variance is assumed;
// ties only raise the coverage. Source: Conover, Practical Nonparametric Statistics, 3rd ed., section 3.2.
//
// Each function takes the tightest rank that still reaches `confidence` (in (0, 1)) and reports what it achieved, which
// is at least as much. It returns nothing if the sample is too small for that, empty, or holds a value that is not
// finite. O(n log n).

struct Interval {
  double low = 0.0;
  double high = 0.0;
  double achieved = 0.0;  // confidence, >= the one asked for
};

struct Bound {
  double value = 0.0;
  double achieved = 0.0;  // confidence, >= the one asked for
};

// Both ends, symmetric in rank. The smallest n for 90 % is 5, for 95 % 6, for 99 % 8.
[[nodiscard]] std::optional<Interval> median_interval(std::span<const double> sample, double confidence);

// One-sided: the median is >= (<=) the bound. The smallest n for 95 % is 5, for 99.5 % 8.
[[nodiscard]] std::optional<Bound> median_lower_bound(std::span<const double> sample, double confidence);
[[nodiscard]] std::optional<Bound> median_upper_bound(std::span<const double> sample, double confidence);

// P(B <= k) for B ~ Binomial(n, 1/2). Exact up to the last bits for n <= 1000; relative error below 1e-10 for n <= 1e6.
[[nodiscard]] long double binomial_half_cdf(std::size_t n, std::size_t k);

}  // namespace assay::stats
