// Quantiles of definition 7 and the median absolute deviation, against values worked out by hand.
#include "harness/stats/quantile.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace assay::stats {
namespace {

TEST(Median, OddCount_IsMiddleValue) {
  EXPECT_EQ(median(std::vector{9.0, 1.0, 4.0}), 4.0);
}

TEST(Median, EvenCount_IsMeanOfTheTwoMiddleValues) {
  EXPECT_EQ(median(std::vector{10.0, 1.0, 4.0, 2.0}), 3.0);
}

TEST(Median, EmptySample_IsAbsent) {
  EXPECT_EQ(median({}), std::nullopt);
}

TEST(Median, ValueThatIsNotFinite_IsAbsent) {
  EXPECT_EQ(median(std::vector{1.0, std::numeric_limits<double>::quiet_NaN(), 2.0}), std::nullopt);
  EXPECT_EQ(median(std::vector{1.0, std::numeric_limits<double>::infinity(), 2.0}), std::nullopt);
}

TEST(Quantile, BetweenOrderStatistics_IsLinear) {
  const std::vector sample{40.0, 10.0, 20.0, 30.0};  // position of 10 %: 0.3
  EXPECT_DOUBLE_EQ(quantile(sample, 0.1).value(), 13.0);
  EXPECT_DOUBLE_EQ(quantile(sample, 0.75).value(), 32.5);
}

TEST(Quantile, Ends_AreMinimumAndMaximum) {
  const std::vector sample{3.0, -1.0, 2.0};
  EXPECT_EQ(quantile(sample, 0.0), -1.0);
  EXPECT_EQ(quantile(sample, 1.0), 3.0);
}

TEST(Quantile, ProbabilityOutsideUnitInterval_IsAbsent) {
  const std::vector sample{1.0, 2.0};
  EXPECT_EQ(quantile(sample, -0.1), std::nullopt);
  EXPECT_EQ(quantile(sample, 1.1), std::nullopt);
}

TEST(MedianAbsoluteDeviation, OneOutlier_IsIgnored) {
  // median 3; deviations 2 1 0 1 997; their median 1
  EXPECT_EQ(median_absolute_deviation(std::vector{1.0, 2.0, 3.0, 4.0, 1000.0}), 1.0);
}

TEST(MedianAbsoluteDeviation, EmptySample_IsAbsent) {
  EXPECT_EQ(median_absolute_deviation({}), std::nullopt);
}

}  // namespace
}  // namespace assay::stats
