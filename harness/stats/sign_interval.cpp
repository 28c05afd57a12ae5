#include "harness/stats/sign_interval.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace assay::stats {
namespace {

// Up to here 2^-n and every partial product are normal numbers even where long double is emulated as double.
constexpr std::size_t kDirectLimit = 1000;

long double direct_cdf(std::size_t n, std::size_t k) {
  long double term = std::ldexp(1.0L, -static_cast<int>(n));
  long double sum = term;
  for (std::size_t i = 0; i < k; ++i) {
    term = term * static_cast<long double>(n - i) / static_cast<long double>(i + 1);
    sum += term;
  }
  return sum;
}

// Starts at the largest term, in log space, and goes down until terms no longer count. REQUIRES: k <= n / 2.
long double descending_cdf(std::size_t n, std::size_t k) {
  const auto n_real = static_cast<long double>(n);
  const auto k_real = static_cast<long double>(k);
  long double term = std::exp(std::lgamma(n_real + 1) - std::lgamma(k_real + 1) - std::lgamma(n_real - k_real + 1) -
                              n_real * std::numbers::ln2_v<long double>);
  long double sum = term;
  for (std::size_t i = k; i > 0 && term > sum * 1e-22L; --i) {
    term = term * static_cast<long double>(i) / static_cast<long double>(n - i + 1);
    sum += term;
  }
  return sum;
}

struct Rank {
  std::size_t index = 0;   // from 0: the rank-th smallest value
  long double tail = 0.0;  // probability that the bound at this rank misses the median
};

// The largest rank whose tail is at most `tail`. REQUIRES: tail < 1/2.
std::optional<Rank> tightest_rank(std::size_t n, long double tail) {
  std::size_t good = 0;  // ranks below `good` reach the confidence, those from `bad` on do not
  std::size_t bad = n / 2 + 1;
  while (good < bad) {
    const std::size_t middle = good + (bad - good) / 2;
    if (binomial_half_cdf(n, middle) <= tail) {
      good = middle + 1;
    } else {
      bad = middle;
    }
  }
  if (good == 0) return std::nullopt;
  return Rank{good - 1, binomial_half_cdf(n, good - 1)};
}

std::optional<Rank> usable_rank(std::span<const double> sample, long double tail) {
  const bool finite = std::all_of(sample.begin(), sample.end(), [](double value) { return std::isfinite(value); });
  if (sample.empty() || !finite || !(tail > 0.0L && tail < 0.5L)) return std::nullopt;
  return tightest_rank(sample.size(), tail);
}

double order_statistic(std::span<const double> sample, std::size_t index) {
  std::vector<double> values(sample.begin(), sample.end());
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(index);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace

long double binomial_half_cdf(std::size_t n, std::size_t k) {
  if (k >= n) return 1.0L;
  if (n <= kDirectLimit) return direct_cdf(n, k);
  if (k <= n / 2) return descending_cdf(n, k);
  return 1.0L - descending_cdf(n, n - k - 1);
}

std::optional<Interval> median_interval(std::span<const double> sample, double confidence) {
  const std::optional<Rank> rank = usable_rank(sample, (1.0L - static_cast<long double>(confidence)) / 2);
  if (!rank) return std::nullopt;
  return Interval{order_statistic(sample, rank->index), order_statistic(sample, sample.size() - 1 - rank->index),
                  static_cast<double>(1.0L - 2 * rank->tail)};
}

std::optional<Bound> median_lower_bound(std::span<const double> sample, double confidence) {
  const std::optional<Rank> rank = usable_rank(sample, 1.0L - static_cast<long double>(confidence));
  if (!rank) return std::nullopt;
  return Bound{order_statistic(sample, rank->index), static_cast<double>(1.0L - rank->tail)};
}

std::optional<Bound> median_upper_bound(std::span<const double> sample, double confidence) {
  const std::optional<Rank> rank = usable_rank(sample, 1.0L - static_cast<long double>(confidence));
  if (!rank) return std::nullopt;
  return Bound{order_statistic(sample, sample.size() - 1 - rank->index), static_cast<double>(1.0L - rank->tail)};
}

}  // namespace assay::stats
