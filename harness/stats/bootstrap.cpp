#include "harness/stats/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>
#include <vector>

#include "harness/stats/quantile.hpp"

namespace assay::stats {
namespace {

constexpr std::size_t kFewestElements = 6;

double normal_cdf(double x) {
  return std::erfc(-x / std::numbers::sqrt2) / 2;
}

// By bisection; called a few times per interval. REQUIRES: probability in (0, 1).
double normal_quantile(double probability) {
  double low = -40;
  double high = 40;
  for (int i = 0; i < 100; ++i) {
    const double middle = (low + high) / 2;
    (normal_cdf(middle) < probability ? low : high) = middle;
  }
  return (low + high) / 2;
}

// The statistic over resampled blocks, in the order drawn.
std::vector<double> replicate(std::size_t n, const IndexStatistic& statistic, const BootstrapOptions& options) {
  std::mt19937_64 engine(options.seed);
  std::vector<std::size_t> drawn(n);
  std::vector<double> values(options.resamples);
  for (double& value : values) {
    for (std::size_t i = 0; i < n;) {
      const auto start = static_cast<std::size_t>(engine() % n);
      for (std::size_t j = 0; j < options.block && i < n; ++j) drawn[i++] = (start + j) % n;
    }
    value = statistic(drawn);
  }
  return values;
}

// Efron's acceleration: the skewness of the statistic, from leaving out one block at a time.
double acceleration(std::size_t n, const IndexStatistic& statistic, std::size_t block) {
  std::vector<double> values;
  std::vector<std::size_t> kept;
  for (std::size_t start = 0; start < n; start += block) {
    kept.clear();
    for (std::size_t i = 0; i < n; ++i) {
      if (i < start || i >= start + block) kept.push_back(i);
    }
    values.push_back(statistic(kept));
  }
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  double squares = 0.0;
  double cubes = 0.0;
  for (const double value : values) {
    const double difference = mean - value;
    squares += difference * difference;
    cubes += difference * difference * difference;
  }
  return squares > 0.0 ? cubes / (6 * std::pow(squares, 1.5)) : 0.0;
}

// How far the statistic sits from the middle of its replicates, in standard normal units; a tie counts half.
double bias_correction(const std::vector<double>& sorted, double estimate) {
  const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), estimate);
  const double below = static_cast<double>(first - sorted.begin()) + static_cast<double>(last - first) / 2;
  const auto count = static_cast<double>(sorted.size());
  return normal_quantile(std::clamp(below / count, 0.5 / count, 1 - 0.5 / count));
}

bool all_finite(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

}  // namespace

std::optional<Interval> bca_interval(std::size_t n, const IndexStatistic& statistic, const BootstrapOptions& options) {
  const bool usable =
      options.confidence > 0.0 && options.confidence < 1.0 && options.resamples > 0 && options.block > 0;
  if (n < kFewestElements || options.block >= n || !usable) return std::nullopt;
  std::vector<std::size_t> everything(n);
  std::iota(everything.begin(), everything.end(), std::size_t{0});
  const double estimate = statistic(everything);
  std::vector<double> replicates = replicate(n, statistic, options);
  if (!std::isfinite(estimate) || !all_finite(replicates)) return std::nullopt;
  std::sort(replicates.begin(), replicates.end());
  const double bias = bias_correction(replicates, estimate);
  const double skew = acceleration(n, statistic, options.block);
  const auto bound = [&](double tail) {
    const double z = bias + normal_quantile(tail);
    return quantile(replicates, normal_cdf(bias + z / (1 - skew * z)));
  };
  const std::optional<double> low = bound((1 - options.confidence) / 2);
  const std::optional<double> high = bound((1 + options.confidence) / 2);
  if (!low || !high) return std::nullopt;
  return Interval{*low, *high, options.confidence};
}

std::optional<Interval> bootstrap_median_interval(std::span<const double> sample, const BootstrapOptions& options) {
  std::vector<double> values(sample.size());
  return bca_interval(
      sample.size(),
      [&](std::span<const std::size_t> positions) {
        values.resize(positions.size());
        std::transform(positions.begin(), positions.end(), values.begin(), [&](std::size_t i) { return sample[i]; });
        return median(values).value_or(std::nan(""));
      },
      options);
}

}  // namespace assay::stats
