// P-values of single cells, and their adjustment where many are looked at.
#include "harness/stats/holm.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/harness/stats/noise_draws.hpp"

namespace assay::stats {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

auto near(double value) {
  return DoubleNear(value, 1e-12);
}

TEST(SlowerPValue, NineOfTenBeyondTheMargin_IsTheBinomialTail) {
  std::vector<double> ratios(10, std::log(1.03));
  ratios[4] = 0.0;
  EXPECT_DOUBLE_EQ(slower_p_value(ratios, 0.02), 11.0 / 1024);
  EXPECT_EQ(slower_p_value(ratios, 0.05), 1.0);  // none lies beyond 5 %
}

TEST(SlowerPValue, PairOnTheMargin_ProvesNothing) {
  std::vector<double> ratios(10, std::log(1.03));
  ratios[4] = std::log1p(0.02);
  EXPECT_DOUBLE_EQ(slower_p_value(ratios, 0.02), 11.0 / 1024);
}

TEST(SlowerPValue, NoPairs_IsOne) {
  EXPECT_EQ(slower_p_value({}, 0.02), 1.0);
}

TEST(Holm, KnownExample_IsAdjustedByHand) {
  // 0.01 * 4, 0.015 * 3 = 0.045, 0.03 * 2 = 0.06, 0.2 * 1; the order of the cells stays
  EXPECT_THAT(holm(std::vector{0.2, 0.01, 0.03, 0.015}), ElementsAre(near(0.2), near(0.04), near(0.06), near(0.045)));
}

TEST(Holm, LaterCell_IsNeverEasierThanTheOneBefore) {
  EXPECT_THAT(holm(std::vector{0.01, 0.02, 0.03, 0.04, 0.05}),
              ElementsAre(near(0.05), near(0.08), near(0.09), near(0.09), near(0.09)));
}

TEST(Holm, AdjustedValues_EndAtOne) {
  EXPECT_THAT(holm(std::vector{0.6, 0.9}), ElementsAre(near(1.0), near(1.0)));
  EXPECT_THAT(holm(std::vector{0.004}), ElementsAre(near(0.004)));
  EXPECT_TRUE(holm({}).empty());
}

TEST(BenjaminiHochberg, KnownExample_IsAdjustedByHand) {
  // from the greatest down: 0.2, min(0.03 * 4 / 3, 0.2), min(0.015 * 4 / 2, 0.04), min(0.01 * 4, 0.03)
  EXPECT_THAT(benjamini_hochberg(std::vector{0.2, 0.01, 0.03, 0.015}),
              ElementsAre(near(0.2), near(0.03), near(0.04), near(0.03)));
  EXPECT_THAT(benjamini_hochberg(std::vector{0.01, 0.02, 0.03, 0.04, 0.05}),
              ElementsAre(near(0.05), near(0.05), near(0.05), near(0.05), near(0.05)));
  EXPECT_TRUE(benjamini_hochberg({}).empty());
}

// 40 equal cells: any alarm in 1 % of gates at most, where unadjusted values at 1 % would alarm in a third of them.
TEST(Holm, FortyEqualCells_RarelyRaiseAnyAlarm) {
  std::mt19937_64 engine(31);
  constexpr int kGates = 3000;
  int alarms = 0;
  int unadjusted = 0;
  for (int gate = 0; gate < kGates; ++gate) {
    std::vector<double> p_values(40);
    for (double& p : p_values) p = uniform(engine);
    const auto smallest = [](const std::vector<double>& values) {
      return *std::min_element(values.begin(), values.end());
    };
    alarms += smallest(holm(p_values)) <= kGateFamilyAlpha ? 1 : 0;
    unadjusted += smallest(p_values) <= kGateFamilyAlpha ? 1 : 0;
  }
  EXPECT_LE(alarms, 30 + 22);  // four standard deviations
  EXPECT_GE(alarms, 30 - 22);
  EXPECT_GE(unadjusted, 900);
}

}  // namespace
}  // namespace assay::stats
