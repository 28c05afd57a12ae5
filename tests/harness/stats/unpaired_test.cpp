// Shift, exact interval and verdict of samples that were not taken in pairs.
#include "harness/stats/unpaired.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace assay::stats {
namespace {

using Sample = std::vector<double>;

// All differences, made and sorted: slow and obvious.
Sample differences(const Sample& x, const Sample& y) {
  Sample all;
  for (const double a : x) {
    for (const double b : y) all.push_back(b - a);
  }
  std::sort(all.begin(), all.end());
  return all;
}

Sample random_sample(std::mt19937_64& random, std::size_t size, double shift = 0) {
  std::exponential_distribution<double> skewed(1);
  Sample sample(size);
  for (double& value : sample) value = skewed(random) + shift;
  return sample;
}

TEST(MannWhitney, SmallTables_AreThePublishedOnes) {
  // Mann & Whitney 1947, table I.
  EXPECT_NEAR(static_cast<double>(mann_whitney_cdf(3, 3, 0)), 0.05, 1e-12);
  EXPECT_NEAR(static_cast<double>(mann_whitney_cdf(4, 4, 0)), 1.0 / 70, 1e-12);
  EXPECT_NEAR(static_cast<double>(mann_whitney_cdf(5, 5, 0)), 1.0 / 252, 1e-12);
  EXPECT_NEAR(static_cast<double>(mann_whitney_cdf(4, 3, 2)), 4.0 / 35, 1e-12);
  EXPECT_NEAR(static_cast<double>(mann_whitney_cdf(3, 4, 2)), 4.0 / 35, 1e-12);
  EXPECT_NEAR(static_cast<double>(mann_whitney_cdf(6, 5, 30)), 1.0, 1e-12);
}

TEST(MedianShift, AgreesWithAllDifferences) {
  std::mt19937_64 random(1);
  for (const auto& [n, m] : {std::pair(1, 1), {1, 2}, {5, 7}, {20, 3}, {30, 31}}) {
    const Sample x = random_sample(random, static_cast<std::size_t>(n));
    const Sample y = random_sample(random, static_cast<std::size_t>(m), 0.3);
    const Sample all = differences(x, y);
    const std::size_t middle = all.size() / 2;
    const double expected = all.size() % 2 == 1 ? all[middle] : (all[middle - 1] + all[middle]) / 2;
    EXPECT_NEAR(median_shift(x, y), expected, 1e-12);
  }
}

TEST(ShiftInterval, EndsAreTheDifferencesOfTheExactRank) {
  std::mt19937_64 random(2);
  const Sample x = random_sample(random, 7);
  const Sample y = random_sample(random, 9);
  const auto interval = shift_interval(x, y, 0.95);
  ASSERT_TRUE(interval);
  const Sample all = differences(x, y);
  std::size_t rank = 0;
  while (mann_whitney_cdf(7, 9, rank) <= 0.025L) ++rank;
  EXPECT_NEAR(interval->low, all[rank - 1], 1e-12);
  EXPECT_NEAR(interval->high, all[all.size() - rank], 1e-12);
  EXPECT_GE(interval->achieved, 0.95);
  EXPECT_LT(interval->achieved, 0.97);
}

TEST(ShiftInterval, TooFewSamples_HasNone) {
  const Sample three{1, 2, 3};
  const Sample four{1, 2, 3, 4};
  const Sample five{1, 2, 3, 4, 5};
  EXPECT_FALSE(shift_interval(three, three, 0.95));
  EXPECT_TRUE(shift_interval(four, four, 0.95));
  EXPECT_FALSE(shift_interval(four, four, 0.99));
  EXPECT_TRUE(shift_interval(five, five, 0.99));
  EXPECT_FALSE(shift_interval({}, five, 0.95));
  EXPECT_FALSE(shift_interval(five, Sample{1, 2, std::nan(""), 4, 5}, 0.95));
}

// 2 000 experiments of equal distributions: the interval misses the true shift in at most 5 % of them, give or take
// four standard errors.
TEST(ShiftInterval, Coverage_IsAtLeastWhatWasAsked) {
  std::mt19937_64 random(3);
  int missed = 0;
  for (int i = 0; i < 2000; ++i) {
    const auto interval = shift_interval(random_sample(random, 8), random_sample(random, 12, 0.5), 0.95);
    if (interval->low > 0.5 || interval->high < 0.5) ++missed;
  }
  EXPECT_LE(missed, 139);
  EXPECT_GE(missed, 30);  // and is not much wider than needed
}

TEST(ShiftInterval, NormalApproximation_IsNearTheExactRanks) {
  std::mt19937_64 random(4);
  const Sample x = random_sample(random, 100);
  const Sample y = random_sample(random, 100, 0.2);
  const auto exact = shift_interval(x, y, 0.99);
  Sample longer = y;
  longer.push_back(y[50]);  // 10 100 pairs: beyond the exact distribution
  const auto normal = shift_interval(x, longer, 0.99);
  ASSERT_TRUE(exact && normal);
  EXPECT_NEAR(exact->low, normal->low, 0.02);
  EXPECT_NEAR(exact->high, normal->high, 0.02);
}

TEST(ShiftInterval, HugeSampleAgainstASmallOne_IsThinned) {
  std::mt19937_64 random(5);
  const auto interval = shift_interval(random_sample(random, 100'000), random_sample(random, 6, 0.5), 0.95);
  ASSERT_TRUE(interval);
  EXPECT_LT(interval->low, 0.5);
  EXPECT_GT(interval->high, 0.5);
}

Sample times(double center, std::size_t size, double spread = 0.01) {
  Sample values(size);
  for (std::size_t i = 0; i < size; ++i) {
    values[i] = center * (1 + spread * (static_cast<double>(i) / static_cast<double>(size) - 0.5));
  }
  return values;
}

Verdict verdict_of(const Sample& baseline, const Sample& candidate) {
  return compare_unpaired(baseline, candidate, kUnpairedMargin)->verdict;
}

TEST(CompareUnpaired, ChangeBeyondTheMargin_NeedsFiveAndFive) {
  EXPECT_EQ(verdict_of(times(100, 5), times(200, 5)), Verdict::kRegressed);
  EXPECT_EQ(verdict_of(times(200, 5), times(100, 5)), Verdict::kImproved);
  for (const auto& [n, m] : {std::pair(4, 4), {1, 1}, {3, 100}, {100, 2}}) {
    const auto compared = compare_unpaired(times(100, static_cast<std::size_t>(n)),
                                           times(200, static_cast<std::size_t>(m)), kUnpairedMargin);
    EXPECT_EQ(compared->verdict, Verdict::kInconclusive) << n << " and " << m;
    EXPECT_EQ(compared->reason, VerdictReason::kTooFewPairs) << n << " and " << m;
    EXPECT_NEAR(compared->ratio, 2, 0.02);
  }
}

TEST(CompareUnpaired, ChangeInsideTheMargin_IsNone) {
  EXPECT_EQ(verdict_of(times(100, 10), times(105, 10)), Verdict::kEquivalent);
  EXPECT_EQ(verdict_of(times(100, 10), times(70, 10, 0.3)), Verdict::kImproved);
  EXPECT_EQ(verdict_of(times(100, 10), times(92, 10, 0.2)), Verdict::kNotSlower);
  EXPECT_EQ(verdict_of(times(100, 10), times(110, 10)), Verdict::kInconclusive);
}

TEST(CompareUnpaired, Ratio_IsCandidateOverBaseline) {
  const auto compared = compare_unpaired(times(100, 9), times(150, 9), kUnpairedMargin);
  EXPECT_NEAR(compared->ratio, 1.5, 0.01);
  ASSERT_TRUE(compared->interval95);
  EXPECT_LT(compared->interval95->low, 1.5);
  EXPECT_GT(compared->interval95->high, 1.5);
}

TEST(CompareUnpaired, NothingToCompare_IsNothing) {
  EXPECT_FALSE(compare_unpaired({}, Sample{1}, 0.1));
  EXPECT_FALSE(compare_unpaired(Sample{1}, Sample{0}, 0.1));
  EXPECT_FALSE(compare_unpaired(Sample{1}, Sample{std::numeric_limits<double>::infinity()}, 0.1));
}

}  // namespace
}  // namespace assay::stats
