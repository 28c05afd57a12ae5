// The BCa interval, held against an independent program and against its own properties.
#include "harness/stats/bootstrap.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "tests/harness/stats/noise_draws.hpp"

namespace assay::stats {
namespace {

const std::vector<double> kSkewed{0.12, 0.95, 0.33, 2.41, 0.08, 1.17, 0.54, 3.92,
                                  0.27, 0.71, 1.63, 0.19, 0.44, 5.10, 0.88, 0.36};

double mean_of(std::span<const std::size_t> positions) {
  double sum = 0.0;
  for (const std::size_t i : positions) sum += kSkewed[i];
  return sum / static_cast<double>(positions.size());
}

// SciPy 1.10.1: scipy.stats.bootstrap((x,), numpy.mean, method='BCa', n_resamples=400000) gave [0.6750, 2.1606]; the
// plain percentile method [0.5862, 1.9481], which is what is left if bias or acceleration are forgotten.
TEST(BcaInterval, MeanOfSkewedSample_AgreesWithScipy) {
  const auto interval = bca_interval(kSkewed.size(), mean_of, {.resamples = 100'000, .block = 1});
  ASSERT_TRUE(interval);
  EXPECT_NEAR(interval->low, 0.6750, 0.01);
  EXPECT_NEAR(interval->high, 2.1606, 0.02);
}

TEST(BcaInterval, GrowingStatistic_CarriesTheIntervalAlong) {
  const auto plain = bca_interval(kSkewed.size(), mean_of, {.resamples = 2001, .block = 1});
  const auto cubed = bca_interval(kSkewed.size(), [](auto positions) { return 8 * mean_of(positions); },
                                  {.resamples = 2001, .block = 1});
  ASSERT_TRUE(plain && cubed);
  EXPECT_NEAR(cubed->low, 8 * plain->low, 1e-9);
  EXPECT_NEAR(cubed->high, 8 * plain->high, 1e-9);
}

TEST(BootstrapMedian, SameSeed_SameInterval) {
  const auto once = bootstrap_median_interval(kSkewed);
  const auto again = bootstrap_median_interval(kSkewed);
  ASSERT_TRUE(once && again);
  EXPECT_EQ(once->low, again->low);
  EXPECT_EQ(once->high, again->high);
  EXPECT_EQ(once->achieved, 0.95);
  EXPECT_LT(once->low, 0.625);  // the median
  EXPECT_GT(once->high, 0.625);
}

TEST(BootstrapMedian, HigherConfidence_IsWider) {
  const auto narrow = bootstrap_median_interval(kSkewed, {.confidence = 0.80});
  const auto wide = bootstrap_median_interval(kSkewed, {.confidence = 0.99});
  ASSERT_TRUE(narrow && wide);
  EXPECT_LT(wide->low, narrow->low);
  EXPECT_GT(wide->high, narrow->high);
}

TEST(BootstrapMedian, NothingToResample_IsAbsent) {
  EXPECT_FALSE(bootstrap_median_interval({}));
  EXPECT_FALSE(bootstrap_median_interval(std::vector<double>(5, 1.0)));
  EXPECT_TRUE(bootstrap_median_interval(std::vector<double>(6, 1.0)));
  EXPECT_FALSE(bootstrap_median_interval(std::vector<double>(24, std::numeric_limits<double>::quiet_NaN())));
  EXPECT_FALSE(bootstrap_median_interval(kSkewed, {.confidence = 1.0}));
  EXPECT_FALSE(bootstrap_median_interval(kSkewed, {.block = 16}));
}

TEST(BootstrapMedian, EqualValues_AreAPoint) {
  const auto interval = bootstrap_median_interval(std::vector<double>(12, 0.25));
  ASSERT_TRUE(interval);
  EXPECT_EQ(interval->low, 0.25);
  EXPECT_EQ(interval->high, 0.25);
}

// Neighbours that move together: single draws take them for twice as much evidence as they are.
TEST(BootstrapMedian, PairsOfEqualNeighbours_AreOneDrawNotTwo) {
  std::mt19937_64 engine(51);
  double alone = 0;
  double together = 0;
  for (int i = 0; i < 40; ++i) {
    std::vector<double> ratios;
    for (const double value : normal_pairs(engine, 24, 0.0, 0.01)) ratios.insert(ratios.end(), {value, value});
    const auto width = [&](std::size_t block) {
      const Interval interval = bootstrap_median_interval(ratios, {.resamples = 1000, .block = block}).value();
      return interval.high - interval.low;
    };
    alone += width(1);
    together += width(2);
  }
  EXPECT_GT(together, 1.15 * alone);
}

TEST(BootstrapMedian, SkewedPairs_AreCoveredAboutAsPromised) {
  std::mt19937_64 engine(52);
  int covered = 0;
  constexpr int kExperiments = 600;
  for (int i = 0; i < kExperiments; ++i) {
    const auto interval = bootstrap_median_interval(skewed_pairs(engine, 48, 0.03, 0.05), {.resamples = 600}).value();
    covered += interval.low <= 0.03 && 0.03 <= interval.high ? 1 : 0;
  }
  EXPECT_GE(covered, kExperiments * 90 / 100);
  EXPECT_LE(covered, kExperiments * 98 / 100);
}

}  // namespace
}  // namespace assay::stats
