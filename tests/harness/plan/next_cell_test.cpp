// Which of several open comparisons gets the next seconds.
#include "harness/plan/next_cell.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace assay::plan {
namespace {

OpenCell quiet() {
  return {.pairs = 8, .most = 96, .pair_seconds = 0.1, .median = 0.0, .sigma = 0.01, .threshold = std::log(1.02)};
}

TEST(SecondsToVerdict, TwiceTheNoise_NeedsFourTimesThePairs) {
  OpenCell cell = quiet();
  cell.pairs = 0;
  cell.sigma = 0.02;
  const double once = seconds_to_verdict(cell);
  cell.sigma = 0.04;
  EXPECT_NEAR(seconds_to_verdict(cell) / once, 4.0, 1e-9);
}

TEST(SecondsToVerdict, TwoPercentSpreadAtAMarginOfTwoPercent_NeedsNineteenPairs) {
  OpenCell cell = quiet();
  cell.pairs = 0;
  cell.sigma = 0.02;
  // (3.418 * 1.2533 * 0.02 / ln(1.02))^2 = 18.72 pairs of 0.1 s
  EXPECT_NEAR(seconds_to_verdict(cell), 1.872, 0.005);
}

TEST(SecondsToVerdict, PairsTaken_AreNotPaidAgain) {
  OpenCell cell = quiet();
  cell.pairs = 0;
  cell.sigma = 0.02;
  const double all = seconds_to_verdict(cell);
  cell.pairs = 10;
  EXPECT_NEAR(seconds_to_verdict(cell), all - 1.0, 1e-9);
}

TEST(SecondsToVerdict, MedianOnTheThreshold_IsHopeless) {
  OpenCell cell = quiet();
  cell.median = cell.threshold;
  EXPECT_TRUE(std::isinf(seconds_to_verdict(cell)));
}

TEST(SecondsToVerdict, MoreThanTheMost_IsHopeless) {
  OpenCell cell = quiet();
  cell.sigma = 0.2;
  EXPECT_TRUE(std::isinf(seconds_to_verdict(cell)));
}

TEST(NextCell, TheOneThatIsDecidedSoonest_ComesFirst) {
  OpenCell slow = quiet();
  slow.pair_seconds = 10;
  OpenCell noisy = quiet();
  noisy.sigma = 0.04;
  EXPECT_EQ(next_cell(std::vector{slow, noisy, quiet()}), 2U);
  EXPECT_EQ(next_cell(std::vector{slow, noisy}), 1U);
}

TEST(NextCell, HopelessOnes_ComeLast_TheYoungestFirst) {
  OpenCell hopeless = quiet();
  hopeless.sigma = 1.0;
  OpenCell younger = hopeless;
  hopeless.pairs = 36;
  EXPECT_EQ(next_cell(std::vector{hopeless, quiet(), younger}), 1U);
  EXPECT_EQ(next_cell(std::vector{hopeless, younger}), 1U);
}

TEST(NextCell, CellsAtTheirMost_AreLeftOut) {
  OpenCell full = quiet();
  full.pairs = full.most;
  EXPECT_EQ(next_cell(std::vector{full, full}), std::nullopt);
  EXPECT_EQ(next_cell({}), std::nullopt);
}

}  // namespace
}  // namespace assay::plan
