#include "harness/stats/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace assay::stats {

std::optional<double> quantile(std::span<const double> sample, double probability) {
  const bool usable = std::all_of(sample.begin(), sample.end(), [](double value) { return std::isfinite(value); });
  if (sample.empty() || !usable || !(probability >= 0.0 && probability <= 1.0)) return std::nullopt;
  std::vector<double> values(sample.begin(), sample.end());
  const double position = static_cast<double>(values.size() - 1) * probability;
  const auto below = static_cast<std::size_t>(position);
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(below);
  std::nth_element(values.begin(), at, values.end());
  const double fraction = position - static_cast<double>(below);
  if (fraction == 0.0) return *at;
  const double above = *std::min_element(at + 1, values.end());
  return std::lerp(*at, above, fraction);
}

std::optional<double> median(std::span<const double> sample) {
  return quantile(sample, 0.5);
}

std::optional<double> median_absolute_deviation(std::span<const double> sample) {
  const std::optional<double> center = median(sample);
  if (!center) return std::nullopt;
  std::vector<double> deviations(sample.size());
  std::transform(sample.begin(), sample.end(), deviations.begin(),
                 [&](double value) { return std::abs(value - *center); });
  return median(deviations);
}

}  // namespace assay::stats
