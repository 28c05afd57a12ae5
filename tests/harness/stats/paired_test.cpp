// Log ratios of pairs, their summary and the minimum detectable effect.
#include "harness/stats/paired.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace assay::stats {
namespace {

TEST(LogRatios, CandidateTwiceAsSlow_IsLogTwo) {
  const auto ratios = log_ratios(std::vector{1.0, 4.0}, std::vector{2.0, 2.0});
  ASSERT_TRUE(ratios);
  EXPECT_THAT(*ratios, testing::ElementsAre(testing::DoubleEq(std::log(2.0)), testing::DoubleEq(-std::log(2.0))));
}

TEST(LogRatios, LengthsDiffer_SaysBoth) {
  const auto ratios = log_ratios(std::vector{1.0, 2.0}, std::vector{1.0});
  ASSERT_FALSE(ratios);
  EXPECT_EQ(ratios.error().kind, ErrorKind::kInternal);
  EXPECT_THAT(ratios.error().message, testing::HasSubstr("2 of the baseline but 1 of the candidate"));
}

TEST(LogRatios, ValueWithoutLogarithm_NamesThePair) {
  for (const double bad : {0.0, -1.0, std::numeric_limits<double>::infinity(), std::nan("")}) {
    const auto ratios = log_ratios(std::vector{1.0, bad}, std::vector{1.0, 1.0});
    ASSERT_FALSE(ratios) << bad;
    EXPECT_THAT(ratios.error().message, testing::HasSubstr("pair 1"));
  }
}

TEST(ComparePairs, MedianOfRatios_IsNotRatioOfMedians) {
  // pairs drift together: 10 -> 11, 100 -> 110, 1000 -> 1000; the median of ratios is 1.1
  const auto ratios = log_ratios(std::vector{10.0, 100.0, 1000.0}, std::vector{11.0, 110.0, 1000.0});
  const auto comparison = compare_pairs(ratios.value(), 0.02);
  ASSERT_TRUE(comparison);
  EXPECT_EQ(comparison->pairs, 3U);
  EXPECT_DOUBLE_EQ(comparison->ratio, 1.1);
}

TEST(ComparePairs, TwelvePairs_IntervalIsRatioOfThirdRanks) {
  std::vector<double> ratios;
  for (int i = 1; i <= 12; ++i) ratios.push_back(std::log(1.0 + i / 100.0));
  const auto comparison = compare_pairs(ratios, 0.02);
  ASSERT_TRUE(comparison && comparison->interval95);
  EXPECT_DOUBLE_EQ(comparison->interval95->low, 1.03);
  EXPECT_DOUBLE_EQ(comparison->interval95->high, 1.10);
  EXPECT_DOUBLE_EQ(comparison->interval95->achieved, 1 - 2 * 79.0 / 4096);
}

TEST(ComparePairs, FewPairs_LeaveOutWhatTheyCannotSay) {
  const auto one = compare_pairs(std::vector{0.1}, 0.02);
  ASSERT_TRUE(one);
  EXPECT_FALSE(one->interval95);
  EXPECT_FALSE(one->sigma);
  const auto seven = compare_pairs(std::vector{0.1, 0.2, 0.3, 0.1, 0.2, 0.3, 0.2}, 0.02);
  ASSERT_TRUE(seven);
  EXPECT_TRUE(seven->interval95);
  EXPECT_TRUE(seven->sigma);
  EXPECT_FALSE(seven->minimum_detectable_effect);
  EXPECT_FALSE(compare_pairs({}, 0.02));
}

TEST(ComparePairs, Sigma_IsScaledMedianDeviation) {
  const auto comparison = compare_pairs(std::vector{-0.02, -0.01, 0.0, 0.01, 0.02}, 0.02);
  ASSERT_TRUE(comparison && comparison->sigma);
  EXPECT_DOUBLE_EQ(*comparison->sigma, 0.014826);
}

TEST(MinimumDetectableEffect, PublishedExamples_AreMet) {
  EXPECT_NEAR(minimum_detectable_effect(0.009, 24, 0.02).value(), 0.02 + 0.008, 0.0005);
  EXPECT_NEAR(minimum_detectable_effect(0.05, 96, 0.02).value(), 0.02 + 0.022, 0.001);
}

TEST(MinimumDetectableEffect, NoSpread_IsTheMargin) {
  EXPECT_DOUBLE_EQ(minimum_detectable_effect(0.0, 24, 0.03).value(), 0.03);
}

}  // namespace
}  // namespace assay::stats
