#include "harness/stats/tail_ratio.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "harness/stats/bootstrap.hpp"
#include "harness/stats/quantile.hpp"

namespace assay::stats {
namespace {

constexpr double kTail = 0.10;
constexpr std::size_t kFewestPairsForInterval = 20;  // below, the quantile is hardly more than the minimum
constexpr std::size_t kResamples = 2000;

bool all_positive(std::span<const double> times) {
  return std::all_of(times.begin(), times.end(), [](double time) { return std::isfinite(time) && time > 0.0; });
}

}  // namespace

std::optional<TailRatio> tail_ratio(std::span<const double> baseline, std::span<const double> candidate) {
  if (baseline.empty() || baseline.size() != candidate.size()) return std::nullopt;
  if (!all_positive(baseline) || !all_positive(candidate)) return std::nullopt;
  TailRatio tail{.pairs = baseline.size(), .ratio = *quantile(candidate, kTail) / *quantile(baseline, kTail)};
  if (tail.pairs < kFewestPairsForInterval) return tail;
  std::vector<double> values;
  const auto tail_of = [&](std::span<const double> times, std::span<const std::size_t> positions) {
    values.resize(positions.size());
    std::transform(positions.begin(), positions.end(), values.begin(), [&](std::size_t i) { return times[i]; });
    return *quantile(values, kTail);
  };
  tail.interval95 = bca_interval(tail.pairs,
                                 [&](std::span<const std::size_t> positions) {
                                   return tail_of(candidate, positions) / tail_of(baseline, positions);
                                 },
                                 {.confidence = 0.95, .resamples = kResamples});
  return tail;
}

}  // namespace assay::stats
