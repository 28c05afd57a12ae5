// When a comparison may end before its budget, and what it says then.
#include "harness/cli/stopping.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "harness/cli/settling.hpp"

namespace assay::cli {
namespace {

using stats::Verdict;

// Log ratios that lie `spread` below and above the median in turn.
std::vector<double> pairs(std::size_t count, double median, double spread = 0.001) {
  std::vector<double> values;
  for (std::size_t i = 0; i < count; ++i) values.push_back(median + (i % 2 == 0 ? spread : -spread));
  return values;
}

TEST(MayStop, ClearlySlowerOrFaster_StopsAtAnEarlyLook) {
  EXPECT_TRUE(may_stop(pairs(24, 0.10), pairs(24, 0), 96));
  EXPECT_TRUE(may_stop(pairs(24, -0.10), pairs(24, 0), 96));
}

TEST(MayStop, NothingToSeeYet_GoesOnToTheCap) {
  EXPECT_FALSE(may_stop(pairs(24, 0), pairs(24, 0), 96)) << "an improvement may still come";
  EXPECT_TRUE(may_stop(pairs(96, 0), pairs(96, 0), 96));
}

TEST(MayStop, ControlThatVariesAsMuch_GoesOn) {
  EXPECT_FALSE(may_stop(pairs(16, 0.10), pairs(16, 0, 0.12), 96));
}

TEST(MayStop, TooShortAControl_GoesOn) {
  EXPECT_FALSE(may_stop(pairs(24, 0.10), pairs(4, 0), 96));
}

TEST(JudgeCase, NoCap_IsJudgedOnce) {
  const stats::Margin margin = stats::fixed_margin(0.02);
  EXPECT_EQ(judge_case(pairs(8, 0.10), margin, std::nullopt).verdict, stats::judge(pairs(8, 0.10), margin).verdict);
}

TEST(JudgeCase, CapWithoutADecision_IsInconclusive) {
  const stats::Margin margin = stats::fixed_margin(0.02);
  EXPECT_EQ(judge_case(pairs(16, 0.0), margin, 96).verdict, Verdict::kInconclusive);
  EXPECT_EQ(judge_case(pairs(96, 0.0), margin, 96).verdict, Verdict::kEquivalent);
  EXPECT_EQ(judge_case(pairs(24, 0.10), margin, 96).verdict, Verdict::kRegressed);
}

// Ended at whatever look decides, code that is slower by just the margin must not be called slower more often than
// stated: asking judge() after each block instead gives several times that.
TEST(JudgeCase, SlowerByJustTheMargin_IsRarelyCalledSlower) {
  std::mt19937_64 random(7);
  std::normal_distribution<double> noise(std::log1p(0.02), 0.01);
  int slower = 0;
  constexpr int kTrials = 2000;
  const std::vector<double> control = pairs(96, 0);
  for (int trial = 0; trial < kTrials; ++trial) {
    std::vector<double> seen;
    while (seen.empty() || !may_stop(seen, control, 96)) {
      seen.push_back(noise(random));
      seen.push_back(noise(random));
    }
    slower += judge_case(seen, stats::fixed_margin(0.02), 96).verdict == Verdict::kRegressed ? 1 : 0;
  }
  EXPECT_LE(slower, 20) << "of 2000; 0.5 % are 10";
}

TEST(Settling, SteadyTimes_TakeNineRounds) {
  Settling settling;
  std::size_t rounds = 0;
  for (; settling.state() == stats::WarmUpState::kWarming; ++rounds) {
    for (std::size_t arm = 0; arm < Settling::kArms; ++arm) settling.add(arm, 5e-3);
  }
  EXPECT_EQ(rounds, 9U);
  EXPECT_EQ(settling.state(), stats::WarmUpState::kSteady);
}

TEST(Settling, OneArmThatWarmsUpLonger_HoldsAllOfThem) {
  Settling settling;
  std::size_t rounds = 0;
  for (; settling.state() == stats::WarmUpState::kWarming; ++rounds) {
    settling.add(0, 5e-3);
    settling.add(1, rounds < 8 ? 10e-3 - 5e-4 * static_cast<double>(rounds) : 6e-3);
    settling.add(2, 5e-3);
  }
  EXPECT_GT(rounds, 9U);
  EXPECT_EQ(settling.state(), stats::WarmUpState::kSteady);
}

TEST(Settling, ArmThatNeverSettles_IsSaidAfterThirtyRounds) {
  Settling settling;
  std::size_t rounds = 0;
  for (; settling.state() == stats::WarmUpState::kWarming; ++rounds) {
    settling.add(0, 5e-3);
    settling.add(1, 5e-3 * (1 + 0.05 * static_cast<double>(rounds)));
    settling.add(2, 5e-3);
  }
  EXPECT_EQ(rounds, 30U);
  EXPECT_EQ(settling.state(), stats::WarmUpState::kNoSteadyState);
}

TEST(RoundsToTake, SteadyAfterAThird_IsEnoughForOtherLaunches) {
  EXPECT_EQ(rounds_to_take({"steady", 9}), 3U);
  EXPECT_EQ(rounds_to_take({"steady", 30}), 10U);
  EXPECT_EQ(rounds_to_take({"no_steady_state", 30}), 0U);
}

}  // namespace
}  // namespace assay::cli
