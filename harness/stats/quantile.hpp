// Median, quantile and median absolute deviation of a sample.
#pragma once

#include <optional>
#include <span>

namespace assay::stats {

// All three return nothing for an empty sample and for one that holds a value that is not finite. O(n) in time and
// memory.

// The quantile at `probability` in [0, 1], definition 7 of Hyndman & Fan 1996 ("Sample quantiles in statistical
// packages", the default of R and NumPy): linear between the order statistics at position (n - 1) * probability,
// counted from 0.
[[nodiscard]] std::optional<double> quantile(std::span<const double> sample, double probability);

// quantile(sample, 0.5): the middle value, or the mean of the two middle values.
[[nodiscard]] std::optional<double> median(std::span<const double> sample);

// The median of |x - median|, unscaled; times kMadToSigma it estimates the standard deviation of a normal sample.
[[nodiscard]] std::optional<double> median_absolute_deviation(std::span<const double> sample);

// 1 / (the 75 % quantile of the standard normal distribution); Rousseeuw & Croux 1993.
inline constexpr double kMadToSigma = 1.4826;

}  // namespace assay::stats
