// Exact order-statistic bounds against binomial tails worked out by hand.
#include "harness/stats/sign_interval.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace assay::stats {
namespace {

// 1, 2, ..., n from the largest down: a value is its own rank, and the sample is not in order.
std::vector<double> ranks(std::size_t n) {
  std::vector<double> values(n);
  std::iota(values.rbegin(), values.rend(), 1.0);
  return values;
}

TEST(BinomialHalfCdf, SmallCounts_AreSumsOfBinomialCoefficients) {
  EXPECT_EQ(binomial_half_cdf(5, 0), 1.0L / 32);
  EXPECT_EQ(binomial_half_cdf(6, 1), 7.0L / 64);
  EXPECT_EQ(binomial_half_cdf(8, 2), 37.0L / 256);
  EXPECT_EQ(binomial_half_cdf(12, 3), 299.0L / 4096);
  EXPECT_EQ(binomial_half_cdf(24, 6), 190051.0L / 16777216);
}

TEST(BinomialHalfCdf, AllOutcomes_IsOne) {
  EXPECT_EQ(binomial_half_cdf(7, 7), 1.0L);
  EXPECT_EQ(binomial_half_cdf(0, 0), 1.0L);
}

TEST(BinomialHalfCdf, OddCountBelowMiddle_IsOneHalf) {
  for (const std::size_t n : {3U, 999U, 1001U, 100001U}) {
    EXPECT_NEAR(static_cast<double>(binomial_half_cdf(n, n / 2)), 0.5, 1e-12) << n;
  }
}

TEST(BinomialHalfCdf, OnBothSidesOfTheDirectLimit_FollowsPascalsRule) {
  // P(B(n + 1) <= k) = (P(B(n) <= k) + P(B(n) <= k - 1)) / 2 ties the log-space path (n = 1001) to the direct one.
  for (const std::size_t k : {400U, 450U, 500U, 560U}) {
    const long double direct = (binomial_half_cdf(1000, k) + binomial_half_cdf(1000, k - 1)) / 2;
    EXPECT_NEAR(static_cast<double>(binomial_half_cdf(1001, k) / direct), 1.0, 1e-13) << k;
  }
}

TEST(MedianInterval, NinetyFivePercent_TakesTheRanksOfThePublishedTables) {
  struct Row {
    std::size_t n;
    double low;       // rank
    double achieved;  // 1 - 2 * tail
  };
  for (const Row& row : {Row{6, 1, 1 - 2.0 / 64}, Row{8, 1, 1 - 2.0 / 256}, Row{12, 3, 1 - 2 * 79.0 / 4096},
                         Row{24, 7, 1 - 2 * 190051.0 / 16777216}}) {
    const auto interval = median_interval(ranks(row.n), 0.95);
    ASSERT_TRUE(interval) << row.n;
    EXPECT_EQ(interval->low, row.low) << row.n;
    EXPECT_EQ(interval->high, static_cast<double>(row.n) + 1 - row.low) << row.n;
    EXPECT_DOUBLE_EQ(interval->achieved, row.achieved) << row.n;
  }
}

TEST(MedianInterval, TooFewValues_IsAbsent) {
  EXPECT_FALSE(median_interval({}, 0.95));
  EXPECT_FALSE(median_interval(ranks(5), 0.95));  // 1 - 2/32 = 93.75 %
  EXPECT_TRUE(median_interval(ranks(6), 0.95));
  EXPECT_FALSE(median_interval(ranks(4), 0.90));
  EXPECT_TRUE(median_interval(ranks(5), 0.90));
  EXPECT_FALSE(median_interval(ranks(7), 0.99));
  EXPECT_TRUE(median_interval(ranks(8), 0.99));
}

TEST(MedianInterval, ConfidenceMetExactly_IsEnough) {
  const auto interval = median_interval(ranks(5), 0.9375);
  ASSERT_TRUE(interval);
  EXPECT_EQ(interval->achieved, 0.9375);
}

TEST(MedianInterval, ConfidenceOutsideUnitInterval_IsAbsent) {
  for (const double confidence : {-0.5, 0.0, 1.0, 1.5}) EXPECT_FALSE(median_interval(ranks(24), confidence));
}

TEST(MedianInterval, ValueThatIsNotFinite_IsAbsent) {
  std::vector<double> values = ranks(24);
  values[3] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(median_interval(values, 0.95));
  EXPECT_FALSE(median_lower_bound(values, 0.95));
  EXPECT_FALSE(median_upper_bound(values, 0.95));
}

TEST(MedianBounds, OneSided_MirrorEachOther) {
  // n = 24: P(B <= 5) = 55455 / 2^24 = 0.33 % is the last tail within 0.5 %, P(B <= 7) = 3.2 % the last within 5 %
  const auto lower = median_lower_bound(ranks(24), 0.995);
  const auto upper = median_upper_bound(ranks(24), 0.995);
  ASSERT_TRUE(lower && upper);
  EXPECT_EQ(lower->value, 6.0);
  EXPECT_EQ(upper->value, 19.0);
  EXPECT_DOUBLE_EQ(lower->achieved, 1 - 55455.0 / 16777216);
  EXPECT_EQ(upper->achieved, lower->achieved);
  EXPECT_EQ(median_lower_bound(ranks(24), 0.95)->value, 8.0);
}

TEST(MedianBounds, TooFewValuesForConfidence_AreAbsent) {
  EXPECT_FALSE(median_lower_bound(ranks(7), 0.995));  // 2^-7 = 0.78 %
  EXPECT_FALSE(median_upper_bound(ranks(7), 0.995));
  EXPECT_TRUE(median_lower_bound(ranks(8), 0.995));
  EXPECT_TRUE(median_upper_bound(ranks(8), 0.995));
  EXPECT_TRUE(median_lower_bound(ranks(5), 0.95));
  EXPECT_FALSE(median_lower_bound(ranks(4), 0.95));
}

TEST(MedianInterval, LargeSample_ApproachesTheNormalRank) {
  // normal approximation as the outside reference: rank = n/2 - 1.96 * sqrt(n)/2
  constexpr std::size_t kCount = 100000;
  const auto interval = median_interval(ranks(kCount), 0.95);
  ASSERT_TRUE(interval);
  EXPECT_NEAR(interval->low, kCount / 2.0 - 1.959964 * std::sqrt(static_cast<double>(kCount)) / 2, 2.0);
  EXPECT_GE(interval->achieved, 0.95);
  EXPECT_LT(interval->achieved, 0.951);
}

}  // namespace
}  // namespace assay::stats
