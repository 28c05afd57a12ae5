// Where warm-up ends: at once, after a while, or never.
#include "harness/stats/warm_up.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace assay::stats {
namespace {

// `slow` samples that take twice as long, then flat ones.
std::vector<double> warming(std::size_t slow, std::size_t count) {
  std::vector<double> times(count, 100.0);
  for (std::size_t i = 0; i < slow && i < count; ++i) times[i] = 200.0;
  return times;
}

TEST(WarmUp, FewerThanNineSamples_AreNotJudged) {
  const WarmUp answer = judge_warm_up(warming(0, 8));
  EXPECT_EQ(answer.state, WarmUpState::kWarming);
  EXPECT_EQ(answer.samples_to_drop, 0U);
  EXPECT_EQ(judge_warm_up({}).state, WarmUpState::kWarming);
}

TEST(WarmUp, FlatFromTheStart_DropsTheFirstThird) {
  const WarmUp answer = judge_warm_up(warming(0, 9));
  EXPECT_EQ(answer.state, WarmUpState::kSteady);
  EXPECT_EQ(answer.samples_to_drop, 3U);
}

TEST(WarmUp, SlowMiddleThird_WaitsUntilItHasPassed) {
  EXPECT_EQ(judge_warm_up(warming(5, 9)).state, WarmUpState::kWarming);  // middle: two slow of three
  EXPECT_EQ(judge_warm_up(warming(4, 9)).state, WarmUpState::kSteady);   // one of three does not move a median
  const WarmUp answer = judge_warm_up(warming(5, 12));
  EXPECT_EQ(answer.state, WarmUpState::kSteady);
  EXPECT_EQ(answer.samples_to_drop, 4U);
}

TEST(WarmUp, SamplesAfterTheDecision_ChangeNothing) {
  std::vector<double> times = warming(0, 9);
  times.insert(times.end(), 30, 500.0);
  EXPECT_EQ(judge_warm_up(times).samples_to_drop, 3U);
}

// Times that grow by `step` of the first from sample to sample.
std::vector<double> drifting(std::size_t count, double step) {
  std::vector<double> times;
  for (std::size_t i = 0; i < count; ++i) times.push_back(100.0 * (1 + step * static_cast<double>(i)));
  return times;
}

TEST(WarmUp, SeriesThatNeverFlattens_HasNoSteadyStateAtThirty) {
  for (const double step : {0.01, -0.01}) {
    EXPECT_EQ(judge_warm_up(drifting(29, step)).state, WarmUpState::kWarming) << step;
    EXPECT_EQ(judge_warm_up(drifting(30, step)).state, WarmUpState::kNoSteadyState) << step;
    EXPECT_EQ(judge_warm_up(drifting(90, step)).state, WarmUpState::kNoSteadyState) << step;
  }
}

TEST(WarmUp, OnePercentBetweenThirds_IsTheLimit) {
  std::vector<double> times(9, 100.0);
  times[6] = times[7] = times[8] = 101.0;
  EXPECT_EQ(judge_warm_up(times).state, WarmUpState::kSteady);
  times[6] = times[7] = times[8] = 101.1;
  EXPECT_EQ(judge_warm_up(times).state, WarmUpState::kWarming);
  times[6] = times[7] = times[8] = 98.9;
  EXPECT_EQ(judge_warm_up(times).state, WarmUpState::kWarming);
}

TEST(WarmUpText, EveryState_HasAWord) {
  EXPECT_EQ(to_string(WarmUpState::kWarming), "warming");
  EXPECT_EQ(to_string(WarmUpState::kSteady), "steady");
  EXPECT_EQ(to_string(WarmUpState::kNoSteadyState), "no_steady_state");
}

}  // namespace
}  // namespace assay::stats
