#include "harness/stats/paired.hpp"

#include <cmath>

#include "harness/stats/quantile.hpp"

namespace assay::stats {
namespace {

constexpr double kDetection = 3.42 * 1.25;           // (2.576 + 0.842) * sqrt(pi / 2)
constexpr std::size_t kFewestPairsForDetection = 8;  // 2^-8 <= 0.005 < 2^-7

bool is_measurable(double value) {
  return std::isfinite(value) && value > 0.0;
}

}  // namespace

Result<std::vector<double>> log_ratios(std::span<const double> baseline, std::span<const double> candidate) {
  if (baseline.size() != candidate.size()) {
    return fail(ErrorKind::kInternal, "paired samples: {} of the baseline but {} of the candidate; pair them first",
                baseline.size(), candidate.size());
  }
  std::vector<double> ratios(baseline.size());
  for (std::size_t i = 0; i < baseline.size(); ++i) {
    if (!is_measurable(baseline[i]) || !is_measurable(candidate[i])) {
      return fail(ErrorKind::kInternal,
                  "paired samples: pair {} is {} and {}; a ratio needs two positive finite values", i, baseline[i],
                  candidate[i]);
    }
    ratios[i] = std::log(candidate[i] / baseline[i]);
  }
  return ratios;
}

std::optional<double> minimum_detectable_effect(double sigma, std::size_t pairs, double margin) {
  if (pairs < kFewestPairsForDetection) return std::nullopt;
  return std::expm1(std::log1p(margin) + kDetection * sigma / std::sqrt(static_cast<double>(pairs)));
}

std::optional<PairedComparison> compare_pairs(std::span<const double> log_ratios, double margin) {
  const std::optional<double> center = median(log_ratios);
  if (!center) return std::nullopt;
  PairedComparison comparison{.pairs = log_ratios.size(), .ratio = std::exp(*center)};
  if (const std::optional<Interval> interval = median_interval(log_ratios, 0.95)) {
    comparison.interval95 = Interval{std::exp(interval->low), std::exp(interval->high), interval->achieved};
  }
  if (log_ratios.size() >= 2) {
    comparison.sigma = kMadToSigma * median_absolute_deviation(log_ratios).value();
    comparison.minimum_detectable_effect = minimum_detectable_effect(*comparison.sigma, log_ratios.size(), margin);
  }
  return comparison;
}

}  // namespace assay::stats
