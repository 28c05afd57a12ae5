// The best split by energy distance: against the definition written out, ties, too few points, and the p of no change.
#include "harness/stats/energy_split.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace assay::stats {
namespace {

// The definition, pair by pair.
double distance_at(const std::vector<double>& values, std::size_t split) {
  double between = 0;
  double left = 0;
  double right = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = i + 1; j < values.size(); ++j) {
      const double apart = std::abs(values[i] - values[j]);
      (j < split ? left : i >= split ? right : between) += apart;
    }
  }
  const auto n = static_cast<double>(split);
  const auto m = static_cast<double>(values.size() - split);
  return n * m / (n + m) * (2 * between / (n * m) - left / (n * (n - 1) / 2) - right / (m * (m - 1) / 2));
}

std::vector<double> draws(std::uint64_t seed, std::size_t count) {
  std::mt19937_64 engine(seed);
  std::vector<double> values(count);
  for (double& value : values) value = static_cast<double>(engine() >> 40) * 0x1p-24;
  return values;
}

TEST(BestSplit, RandomPoints_IsTheGreatestDistanceOfTheDefinition) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const std::vector<double> values = draws(seed, 6 + seed % 25);
    const EnergySplit best = best_split(values, 3);
    double greatest = 0;
    for (std::size_t split = 3; split + 3 <= values.size(); ++split) {
      greatest = std::max(greatest, distance_at(values, split));
    }
    EXPECT_NEAR(best.distance, greatest, 1e-12) << seed;
    if (best.index != 0) {
      EXPECT_NEAR(distance_at(values, best.index), greatest, 1e-12) << seed;
    }
  }
}

TEST(BestSplit, TwoLevels_AreSplitWhereTheyMeet) {
  EXPECT_EQ(best_split(std::vector<double>{1, 1, 1, 1, 5, 5, 5}, 3).index, 4U);
  EXPECT_EQ(best_split(std::vector<double>{5, 5, 5, 1, 1, 1, 1, 1, 1}, 3).index, 3U);
}

TEST(BestSplit, EqualPointsOrTooFew_HaveNone) {
  EXPECT_EQ(best_split(std::vector<double>(20, 1.5), 3).index, 0U);
  EXPECT_EQ(best_split(std::vector<double>{1, 1, 5, 5, 5}, 3).index, 0U);
  EXPECT_EQ(best_split(std::vector<double>{}, 3).index, 0U);
}

TEST(SplitP, ClearStep_IsAsSmallAsTheOrdersAllow) {
  std::vector<double> values = draws(1, 30);
  for (std::size_t i = 15; i < 30; ++i) values[i] += 10;
  const double p = split_p(values, 3, best_split(values, 3).distance, 999, 999, 7);
  EXPECT_DOUBLE_EQ(p, 0.001);
}

TEST(SplitP, ThreePointsAfterTheStep_CannotBeRarerThanTheirOrders) {
  // Of the C(10, 3) = 120 ways to place the three high ones, those at either end split as well: 2 of 120.
  const std::vector<double> values{1, 1, 1, 1, 1, 1, 1, 2, 2, 2};
  const double p = split_p(values, 3, best_split(values, 3).distance, 20000, 20000, 7);
  EXPECT_NEAR(p, 2.0 / 120, 0.003);
}

TEST(SplitP, NoChange_IsUniform) {
  int below_half = 0;
  int below_tenth = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const std::vector<double> values = draws(1000 + seed, 20);
    const double p = split_p(values, 3, best_split(values, 3).distance, 199, 199, seed);
    if (p <= 0.5) ++below_half;
    if (p <= 0.1) ++below_tenth;
  }
  EXPECT_NEAR(below_half, 200, 40);  // 4 standard deviations
  EXPECT_NEAR(below_tenth, 40, 24);
}

TEST(SplitP, BeyondTheLimit_StopsEarlyAndStaysAboveIt) {
  const std::vector<double> values = draws(3, 20);
  const double p = split_p(values, 3, 0.0, 1'000'000'000, 4, 7);  // every order reaches 0: five are enough
  EXPECT_DOUBLE_EQ(p, 1.0);
}

TEST(SplitP, SameSeed_GivesTheSameP) {
  const std::vector<double> values = draws(4, 25);
  const double distance = best_split(values, 3).distance;
  EXPECT_EQ(split_p(values, 3, distance, 500, 500, 9), split_p(values, 3, distance, 500, 500, 9));
}

}  // namespace
}  // namespace assay::stats
