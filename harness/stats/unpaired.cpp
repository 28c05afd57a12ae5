#include "harness/stats/unpaired.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace assay::stats {
namespace {

constexpr std::size_t kMostExactPairs = 10'000;  // beyond, (n m)^2 steps take longer than a tenth of a second
constexpr std::size_t kEnoughForNormal = 50;

// The distribution of U, probability by value, for samples of n and m.
std::vector<long double> mann_whitney_distribution(std::size_t n, std::size_t m) {
  if (n < m) std::swap(n, m);  // memory grows with the inner one's square; the distribution is the same
  // p(i, j, u): the greatest of all i + j values belongs to the first sample with probability i / (i + j), and then
  // lies above j values of the second (Mann & Whitney 1947).
  std::vector<std::vector<long double>> row(m + 1, std::vector<long double>{1.0L});  // i = 0: U is 0
  for (std::size_t i = 1; i <= n; ++i) {
    row[0] = {1.0L};
    for (std::size_t j = 1; j <= m; ++j) {
      std::vector<long double> next(i * j + 1, 0.0L);
      const auto total = static_cast<long double>(i + j);
      for (std::size_t u = 0; u < row[j].size(); ++u) next[u + j] += static_cast<long double>(i) / total * row[j][u];
      for (std::size_t u = 0; u < row[j - 1].size(); ++u)
        next[u] += static_cast<long double>(j) / total * row[j - 1][u];
      row[j] = std::move(next);
    }
  }
  return row[m];
}

// The greatest rank r with P(U <= r - 1) <= tail, and that probability; rank 0 if there is none.
struct Rank {
  std::size_t rank = 0;
  double tail = 0;
};

Rank exact_rank(std::size_t n, std::size_t m, double tail) {
  Rank rank;
  long double below = 0;
  for (const long double probability : mann_whitney_distribution(n, m)) {
    below += probability;
    if (below > static_cast<long double>(tail)) break;
    ++rank.rank;
    rank.tail = static_cast<double>(below);
  }
  return rank;
}

double normal_cdf(double z) {
  return std::erfc(-z / std::sqrt(2.0)) / 2;
}

Rank normal_rank(std::size_t n, std::size_t m, double tail) {
  const auto pairs = static_cast<double>(n) * static_cast<double>(m);
  const double deviation = std::sqrt(pairs * static_cast<double>(n + m + 1) / 12);
  const auto cdf = [&](double u) {
    return normal_cdf((u + 0.5 - pairs / 2) / deviation);
  };  // with continuity correction
  double low = -1;
  double high = pairs / 2;
  while (high - low > 0.5) {
    const double middle = std::floor((low + high) / 2);
    if (middle <= low) break;
    (cdf(middle) <= tail ? low : high) = middle;
  }
  return {static_cast<std::size_t>(low + 1), low < 0 ? 0 : cdf(low)};
}

std::vector<double> sorted(std::span<const double> sample) {
  std::vector<double> values(sample.begin(), sample.end());
  std::sort(values.begin(), values.end());
  return values;
}

std::vector<double> thinned(std::vector<double> values, std::size_t most) {
  if (values.size() <= most) return values;
  std::vector<double> kept(most);
  for (std::size_t i = 0; i < most; ++i) kept[i] = values[i * values.size() / most + values.size() / most / 2];
  return kept;
}

// How many differences y - x are at most shift; both sorted.
std::size_t count_at_most(const std::vector<double>& x, const std::vector<double>& y, double shift) {
  std::size_t count = 0;
  std::size_t below = 0;
  for (const double value : x) {
    while (below < y.size() && y[below] - value <= shift) ++below;
    count += below;
  }
  return count;
}

// The rank-th smallest difference y - x, rank from 1.
double difference_at(const std::vector<double>& x, const std::vector<double>& y, std::size_t rank) {
  double low = y.front() - x.back();
  double high = y.back() - x.front();
  if (count_at_most(x, y, low) >= rank) return low;
  for (;;) {  // count(low) < rank <= count(high), until no number lies between
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    (count_at_most(x, y, middle) < rank ? low : high) = middle;
  }
}

bool all_finite(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

std::optional<std::vector<double>> logarithms(std::span<const double> times) {
  std::vector<double> logs;
  for (const double time : times) {
    if (!std::isfinite(time) || time <= 0) return std::nullopt;
    logs.push_back(std::log(time));
  }
  return logs.empty() ? std::nullopt : std::optional(logs);
}

void judge_shift(UnpairedComparison& comparison, const std::vector<double>& x, const std::vector<double>& y,
                 double margin) {
  if (std::min(x.size(), y.size()) < kFewestUnpaired) return;
  const double threshold = std::log1p(margin);
  const auto decide = [&](Verdict verdict, VerdictReason reason) {
    comparison.verdict = verdict;
    comparison.reason = reason;
  };
  const auto change = shift_interval(x, y, 0.99);  // both one-sided bounds of 99.5 %
  if (!change) return;
  decide(Verdict::kInconclusive, VerdictReason::kSpansMargin);
  if (change->low > threshold) return decide(Verdict::kRegressed, VerdictReason::kBeyondMargin);
  if (change->high < -threshold) return decide(Verdict::kImproved, VerdictReason::kBeyondMargin);
  const auto alike = shift_interval(x, y, 0.90);  // also the one-sided bounds of 95 %
  if (!alike || alike->high >= threshold) return;
  if (alike->low > -threshold) return decide(Verdict::kEquivalent, VerdictReason::kInsideMargin);
  decide(Verdict::kNotSlower, VerdictReason::kBelowUpperMargin);
}

}  // namespace

long double mann_whitney_cdf(std::size_t n, std::size_t m, std::size_t u) {
  const std::vector<long double> distribution = mann_whitney_distribution(n, m);
  long double sum = 0;
  for (std::size_t i = 0; i <= u && i < distribution.size(); ++i) sum += distribution[i];
  return sum;
}

double median_shift(std::span<const double> baseline, std::span<const double> candidate) {
  const std::vector<double> x = sorted(baseline);
  const std::vector<double> y = sorted(candidate);
  const std::size_t pairs = x.size() * y.size();
  const double upper = difference_at(x, y, pairs / 2 + 1);
  return pairs % 2 == 1 ? upper : (difference_at(x, y, pairs / 2) + upper) / 2;
}

std::optional<Interval> shift_interval(std::span<const double> baseline, std::span<const double> candidate,
                                       double confidence) {
  if (baseline.empty() || candidate.empty() || !all_finite(baseline) || !all_finite(candidate)) return std::nullopt;
  std::vector<double> x = sorted(baseline);
  std::vector<double> y = sorted(candidate);
  const std::size_t fewer = std::min(x.size(), y.size());
  if (fewer < kEnoughForNormal) {
    x = thinned(std::move(x), std::max(fewer, kMostExactPairs / fewer));
    y = thinned(std::move(y), std::max(fewer, kMostExactPairs / fewer));
  }
  const std::size_t pairs = x.size() * y.size();
  const double tail = (1 - confidence) / 2;
  const Rank rank =
      pairs <= kMostExactPairs ? exact_rank(x.size(), y.size(), tail) : normal_rank(x.size(), y.size(), tail);
  if (rank.rank == 0) return std::nullopt;
  return Interval{difference_at(x, y, rank.rank), difference_at(x, y, pairs + 1 - rank.rank), 1 - 2 * rank.tail};
}

std::optional<UnpairedComparison> compare_unpaired(std::span<const double> baseline_times,
                                                   std::span<const double> candidate_times, double margin) {
  const auto x = logarithms(baseline_times);
  const auto y = logarithms(candidate_times);
  if (!x || !y) return std::nullopt;
  UnpairedComparison comparison{.baseline_samples = x->size(), .candidate_samples = y->size()};
  comparison.ratio = std::exp(median_shift(*x, *y));
  if (const auto interval = shift_interval(*x, *y, 0.95)) {
    comparison.interval95 = Interval{std::exp(interval->low), std::exp(interval->high), interval->achieved};
  }
  judge_shift(comparison, *x, *y, margin);
  return comparison;
}

}  // namespace assay::stats
