// The sequential verdict: its looks, its error rates (exact and simulated), its cost, and when it gives up.
#include "harness/stats/sequential.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>
#include <vector>

#include "tests/harness/stats/noise_draws.hpp"

namespace assay::stats {
namespace {

using Decision = SequentialDecision;

const SequentialOptions kGate{.margin = 0.02, .cap = 96};
const double kThreshold = std::log1p(0.02);

std::vector<std::size_t> looks_of(std::size_t cap) {
  const SequentialPlan plan({.margin = 0.02, .cap = cap});
  return {plan.looks().begin(), plan.looks().end()};
}

TEST(SequentialPlan, Looks_AreTheFixedOnesBelowTheCapAndTheCap) {
  using testing::ElementsAre;
  EXPECT_THAT(looks_of(192), ElementsAre(8, 12, 16, 24, 36, 54, 82, 96, 128, 192));
  EXPECT_THAT(looks_of(96), ElementsAre(8, 12, 16, 24, 36, 54, 82, 96));
  EXPECT_THAT(looks_of(20), ElementsAre(8, 12, 16, 20));
  EXPECT_THAT(looks_of(8), ElementsAre(8));
  EXPECT_THAT(looks_of(5), ElementsAre(5));
  EXPECT_THAT(looks_of(300), ElementsAre(8, 12, 16, 24, 36, 54, 82, 96, 128, 192, 300));
  EXPECT_TRUE(looks_of(0).empty());
}

std::vector<double> pairs(std::size_t count, double ratio) {
  return std::vector<double>(count, std::log(ratio));
}

TEST(Decide, TwiceAsSlow_IsRegressedAtTheFirstLookThatCanSay) {
  const SequentialPlan plan(kGate);
  EXPECT_EQ(plan.decide(pairs(8, 2.0)), Decision::kContinue);  // 2^-8 exceeds 0.005 * (8 / 96)^2
  EXPECT_EQ(plan.decide(pairs(12, 2.0)), Decision::kContinue);
  EXPECT_EQ(plan.decide(pairs(16, 2.0)), Decision::kRegressed);
}

TEST(Decide, TwiceAsFast_IsNotSlowerForAGateAndImprovedForAnExperiment) {
  EXPECT_EQ(SequentialPlan(kGate).decide(pairs(12, 0.5)), Decision::kNotSlower);
  SequentialOptions experiment = kGate;
  experiment.stop_when_not_slower = false;
  const SequentialPlan plan(experiment);
  EXPECT_EQ(plan.decide(pairs(12, 0.5)), Decision::kContinue);
  EXPECT_EQ(plan.decide(pairs(16, 0.5)), Decision::kImproved);
}

TEST(Decide, EqualCode_IsNotSlowerAtOnceForAGateAndAtTheCapForAnExperiment) {
  EXPECT_EQ(SequentialPlan(kGate).decide(pairs(12, 1.0)), Decision::kNotSlower);
  SequentialOptions experiment = kGate;
  experiment.stop_when_not_slower = false;
  const SequentialPlan plan(experiment);
  EXPECT_EQ(plan.decide(pairs(82, 1.0)), Decision::kContinue);
  EXPECT_EQ(plan.decide(pairs(96, 1.0)), Decision::kNotSlower);
  EXPECT_EQ(plan.not_slower_boundary().critical, std::vector{std::optional<std::size_t>(57)});  // one look, all of 5 %
}

// `beyond` of 24 pairs lie beyond the threshold, the others exactly on it.
std::vector<double> on_threshold(std::size_t beyond, double step) {
  std::vector<double> ratios(24, step > 0 ? kThreshold : -kThreshold);
  for (std::size_t i = 0; i < beyond; ++i) ratios[i] += step;
  return ratios;
}

TEST(Decide, CriticalCount_DecidesAndOneFewerDoesNot) {
  const SequentialPlan plan(kGate);
  const std::size_t critical = plan.change_boundary().critical[3].value();
  EXPECT_EQ(plan.decide(on_threshold(critical, 0.01)), Decision::kRegressed);
  EXPECT_NE(plan.decide(on_threshold(critical - 1, 0.01)), Decision::kRegressed);
  EXPECT_EQ(plan.decide(on_threshold(critical, -0.01)), Decision::kImproved);
  EXPECT_NE(plan.decide(on_threshold(critical - 1, -0.01)), Decision::kImproved);
}

TEST(Decide, PairsOnTheThreshold_ProveNothing) {
  const SequentialPlan plan(kGate);
  EXPECT_EQ(plan.decide(std::vector<double>(24, kThreshold)), Decision::kContinue);
  EXPECT_EQ(plan.decide(std::vector<double>(96, kThreshold)), Decision::kCapReached);
}

TEST(Decide, BetweenLooks_TheLookBeforeDecides) {
  const SequentialPlan plan(kGate);
  EXPECT_EQ(plan.decide({}), Decision::kContinue);
  EXPECT_EQ(plan.decide(pairs(7, 1.0)), Decision::kContinue);
  EXPECT_EQ(plan.decide(pairs(15, 2.0)), Decision::kContinue);  // 12 pairs cannot say REGRESSED, 15 are no look
  std::vector<double> late = pairs(23, 2.0);
  late[3] = kThreshold;  // 15 of the first 16 are one too few, and the seven after them do not count
  EXPECT_EQ(plan.decide(late), Decision::kContinue);
  EXPECT_EQ(plan.decide(pairs(200, 2.0)), Decision::kRegressed);
}

TEST(Decide, CapTooSmallForAnyProof_IsReached) {
  EXPECT_EQ(SequentialPlan({.margin = 0.02, .cap = 3}).decide(pairs(3, 2.0)), Decision::kCapReached);
  EXPECT_EQ(SequentialPlan({.margin = 0.02, .cap = 0}).decide({}), Decision::kCapReached);
  EXPECT_EQ(SequentialPlan({.margin = 0.02, .cap = 8}).decide(pairs(8, 2.0)), Decision::kRegressed);
}

double ever(const SignBoundary& boundary, double success) {
  const auto crossings = crossing_probabilities(boundary, success);
  return std::accumulate(crossings.begin(), crossings.end(), 0.0);
}

TEST(SequentialPlan, AnyCap_SpendsItsAlphaAndNotMore) {
  for (std::size_t cap = 1; cap <= 400; ++cap) {
    const SequentialPlan plan({.margin = 0.02, .cap = cap});
    EXPECT_LE(ever(plan.change_boundary(), 0.5), 0.005) << cap;
    EXPECT_LE(ever(plan.not_slower_boundary(), 0.5), 0.05) << cap;
    if (cap < 24) continue;  // where counts are still coarse
    EXPECT_GE(ever(plan.change_boundary(), 0.5), 0.002) << cap;
    EXPECT_GE(ever(plan.not_slower_boundary(), 0.5), 0.03) << cap;
  }
}

TEST(SequentialPlan, AnyCap_RarelyErrsInsideTheMargin) {
  for (const std::size_t cap : {24U, 96U, 192U}) {
    const SequentialPlan plan({.margin = 0.02, .cap = cap});
    // No effect, sigma 5 %: 35 % of the pairs lie above the margin.
    EXPECT_LE(ever(plan.change_boundary(), 0.35), 5e-5) << cap;
  }
}

TEST(RegressedPValue, EarlierAndFartherBeyond_IsSmaller) {
  const SequentialPlan plan(kGate);
  EXPECT_EQ(plan.regressed_p_value(pairs(16, 2.0)), std::ldexp(1.0, -16));
  EXPECT_EQ(plan.regressed_p_value(pairs(18, 2.0)), std::ldexp(1.0, -16));  // 16 decided
  const double at_24 = plan.regressed_p_value(on_threshold(23, 0.01));
  EXPECT_GT(at_24, std::ldexp(1.0, -16));
  EXPECT_LT(at_24, plan.change_boundary().spent[3]);
  EXPECT_DOUBLE_EQ(plan.regressed_p_value(on_threshold(*plan.change_boundary().critical[3], 0.01)),
                   plan.change_boundary().spent[3]);
}

TEST(RegressedPValue, WhateverIsNotRegressed_IsOne) {
  const SequentialPlan plan(kGate);
  std::vector<double> not_slower = pairs(24, 1.0);
  not_slower[0] = not_slower[1] = 1.0;
  ASSERT_EQ(plan.decide(not_slower), Decision::kNotSlower);
  EXPECT_EQ(plan.regressed_p_value(not_slower), 1.0);
  EXPECT_EQ(plan.regressed_p_value({}), 1.0);
  EXPECT_EQ(plan.regressed_p_value(pairs(12, 2.0)), 1.0);
}

struct Outcome {
  Decision decision;
  std::size_t pairs;
};

template <typename Draw>
Outcome run(const SequentialPlan& plan, Draw draw) {
  std::vector<double> ratios;
  for (const std::size_t look : plan.looks()) {
    while (ratios.size() < look) ratios.push_back(draw());
    if (const Decision decision = plan.decide(ratios); decision != Decision::kContinue) return {decision, look};
  }
  return {Decision::kContinue, 0};  // never: the last look is the cap
}

struct Tally {
  std::map<Decision, int> decisions;
  double mean_pairs = 0;
  [[nodiscard]] int of(Decision decision) const {
    const auto found = decisions.find(decision);
    return found == decisions.end() ? 0 : found->second;
  }
};

constexpr int kExperiments = 10'000;

Tally simulate(const SequentialOptions& options, std::uint64_t seed, double center, double sigma) {
  const SequentialPlan plan(options);
  std::mt19937_64 engine(seed);
  Tally tally;
  for (int i = 0; i < kExperiments; ++i) {
    const Outcome outcome = run(plan, [&] { return center + sigma * normal(engine); });
    ++tally.decisions[outcome.decision];
    tally.mean_pairs += static_cast<double>(outcome.pairs) / kExperiments;
  }
  EXPECT_EQ(tally.of(Decision::kContinue), 0);
  return tally;
}

// 10 000 experiments at a true slowdown of exactly the margin: at most alpha plus four standard deviations.
TEST(SequentialSimulation, EffectAtTheMargin_ErrsNoMoreOftenThanPromised) {
  for (const std::size_t cap : {24U, 96U, 192U}) {
    const Tally tally = simulate({.margin = 0.02, .cap = cap}, 11 + cap, kThreshold, 0.02);
    EXPECT_LE(tally.of(Decision::kRegressed), 50 + 28) << cap;
    EXPECT_LE(tally.of(Decision::kNotSlower), 500 + 87) << cap;
    EXPECT_GE(tally.of(Decision::kNotSlower), 200) << cap;  // the alpha is there to be used
    EXPECT_EQ(tally.of(Decision::kImproved), 0) << cap;
  }
}

TEST(SequentialSimulation, FasterByTheMargin_IsRarelyImproved) {
  SequentialOptions experiment = kGate;
  experiment.stop_when_not_slower = false;
  const Tally tally = simulate(experiment, 12, -kThreshold, 0.02);
  EXPECT_LE(tally.of(Decision::kImproved), 50 + 28);
  EXPECT_GE(tally.of(Decision::kImproved), 15);
}

TEST(SequentialSimulation, EqualCode_IsNeverAChangeAndSoonNotSlower) {
  const Tally idle = simulate(kGate, 13, 0.0, 0.009);
  EXPECT_EQ(idle.of(Decision::kRegressed) + idle.of(Decision::kImproved), 0);
  EXPECT_GE(idle.of(Decision::kNotSlower), kExperiments * 999 / 1000);
  EXPECT_LE(idle.mean_pairs, 14.0);
  const Tally noisy = simulate(kGate, 14, 0.0, 0.05);
  EXPECT_LE(noisy.of(Decision::kRegressed) + noisy.of(Decision::kImproved), 1);
  EXPECT_GE(noisy.of(Decision::kNotSlower), kExperiments * 85 / 100);
}

TEST(SequentialSimulation, FivePercent_IsFoundSoon) {
  const Tally tally = simulate(kGate, 15, std::log(1.05), 0.009);
  EXPECT_GE(tally.of(Decision::kRegressed), kExperiments * 99 / 100);
  EXPECT_LE(tally.mean_pairs, 20.0);
  EXPECT_EQ(tally.of(Decision::kNotSlower), 0);
}

TEST(IsFutile, QuietPairs_AreNot) {
  std::mt19937_64 engine(16);
  EXPECT_FALSE(is_futile(normal_pairs(engine, 24, kThreshold, 0.01), kGate));
}

// Half the pairs on either side of the center: its median, with a known spread.
std::vector<double> spread_around(std::size_t pairs, double center, double deviation) {
  std::vector<double> ratios(pairs, center + deviation);
  for (std::size_t i = 0; i < pairs; i += 2) ratios[i] = center - deviation;
  return ratios;
}

TEST(IsFutile, NoiseThatHidesTheMargin_Is) {
  EXPECT_TRUE(is_futile(spread_around(54, kThreshold, 0.30), kGate));
  EXPECT_FALSE(is_futile(spread_around(54, 1.0, 0.30), kGate));   // nothing hides 170 %
  EXPECT_FALSE(is_futile(spread_around(54, -1.0, 0.30), kGate));  // nor this
}

// sigma = 1.4826 * deviation; 2 % + 4.275 * sigma / sqrt(96) is just below and just above 4 % here.
TEST(IsFutile, DetectableEffectWithinTwiceTheMargin_IsNot) {
  EXPECT_FALSE(is_futile(spread_around(82, kThreshold, 0.0298), kGate));
  EXPECT_TRUE(is_futile(spread_around(82, kThreshold, 0.0303), kGate));
}

TEST(IsFutile, FewPairsOrTheCap_AreNeverGivenUp) {
  const SequentialOptions nearly_there{.margin = 0.1, .cap = 17};
  EXPECT_FALSE(is_futile(spread_around(15, 0.1, 0.1), nearly_there));
  EXPECT_TRUE(is_futile(spread_around(16, 0.1, 0.1), nearly_there));
  EXPECT_FALSE(is_futile(spread_around(96, kThreshold, 0.30), kGate));
}

TEST(SequentialSimulation, HopelessNoise_IsGivenUpEarly) {
  const Tally tally = simulate(kGate, 19, kThreshold, 0.50);
  EXPECT_GE(tally.of(Decision::kFutile), kExperiments * 80 / 100);
  EXPECT_LE(tally.mean_pairs, 70.0);
}

// Of what the cap would have shown, giving up loses hardly anything: 3 of 100 experiments at most.
TEST(SequentialSimulation, GivingUp_CostsFewDecisions) {
  const SequentialPlan plan(kGate);
  for (const double center : {0.0, std::log(1.05)}) {
    std::mt19937_64 engine(20);
    int given_up = 0;
    int lost = 0;
    for (int i = 0; i < 2000; ++i) {
      const auto ratios = normal_pairs(engine, 96, center, 0.07);
      if (run(plan, [&, at = std::size_t{0}]() mutable { return ratios[at++]; }).decision != Decision::kFutile)
        continue;
      ++given_up;
      if (plan.decide(ratios) != Decision::kCapReached) ++lost;
    }
    EXPECT_GE(given_up, 200) << center;
    EXPECT_LE(lost, 60) << center;
  }
}

TEST(Decide, GreaterMargin_IsHeldAgainstIt) {
  const SequentialPlan plan(kGate);
  EXPECT_EQ(plan.decide(pairs(16, 1.05), 0.02), Decision::kRegressed);
  EXPECT_EQ(plan.decide(pairs(16, 1.05), 0.08), Decision::kNotSlower);
  EXPECT_EQ(plan.regressed_p_value(pairs(16, 1.05), 0.08), 1.0);
  EXPECT_EQ(plan.regressed_p_value(pairs(16, 1.05), 0.04), std::ldexp(1.0, -16));
  EXPECT_EQ(plan.decide(spread_around(54, kThreshold, 0.20), 0.02), Decision::kFutile);
  EXPECT_EQ(plan.decide(spread_around(54, kThreshold, 0.20), 0.20), Decision::kContinue);
}

VerdictReport at_stop(const std::vector<double>& ratios, Decision decision) {
  return judge_at_stop(ratios, fixed_margin(0.02), decision);
}

TEST(JudgeAtStop, Decision_IsTheVerdict) {
  EXPECT_EQ(at_stop(pairs(16, 1.05), Decision::kRegressed).verdict, Verdict::kRegressed);
  EXPECT_EQ(at_stop(pairs(16, 0.90), Decision::kImproved).verdict, Verdict::kImproved);
  EXPECT_EQ(at_stop(pairs(16, 1.00), Decision::kNotSlower).verdict, Verdict::kEquivalent);
  EXPECT_EQ(at_stop(pairs(16, 0.90), Decision::kNotSlower).verdict, Verdict::kNotSlower);
  EXPECT_EQ(at_stop(pairs(16, 0.90), Decision::kNotSlower).reason, VerdictReason::kBelowUpperMargin);
}

// One look of 99.5 % would see a change; among several looks these pairs are not enough.
TEST(JudgeAtStop, ChangeThatTheLooksDidNotShow_IsInconclusive) {
  std::vector<double> ratios = pairs(54, 1.05);
  for (std::size_t i = 0; i < 16; ++i) ratios[i] = 0.0;
  ASSERT_EQ(judge(ratios, fixed_margin(0.02)).verdict, Verdict::kRegressed);
  ASSERT_EQ(SequentialPlan(kGate).decide(ratios), Decision::kContinue);
  EXPECT_EQ(at_stop(ratios, Decision::kCapReached).verdict, Verdict::kInconclusive);
  EXPECT_EQ(at_stop(ratios, Decision::kCapReached).reason, VerdictReason::kSpansMargin);
  EXPECT_EQ(at_stop(ratios, Decision::kFutile).reason, VerdictReason::kFutile);
}

TEST(JudgeAtStop, MarginNotGateable_LetsOnlyChangesPass) {
  const Margin noisy{0.3, MarginSource::kControlTooNoisy, 0.3};
  EXPECT_EQ(judge_at_stop(pairs(16, 5.0), noisy, Decision::kRegressed).verdict, Verdict::kRegressed);
  EXPECT_EQ(judge_at_stop(pairs(16, 1.0), noisy, Decision::kNotSlower).verdict, Verdict::kInconclusive);
  EXPECT_EQ(judge_at_stop(pairs(16, 1.0), noisy, Decision::kNotSlower).reason, VerdictReason::kMarginNotGateable);
  EXPECT_EQ(judge_at_stop(pairs(16, 5.0), Margin{}, Decision::kRegressed).verdict, Verdict::kInconclusive);
}

// What the looks call a change, one look at the same pairs calls one too: the report never contradicts its interval.
TEST(SequentialSimulation, ChangeAtAnyLook_IsOneForASingleLookToo) {
  const SequentialPlan plan({.margin = 0.02, .cap = 192, .stop_when_not_slower = false});
  for (std::size_t i = 0; i < plan.looks().size(); ++i) {
    const auto critical = plan.change_boundary().critical[i];
    if (!critical) continue;
    std::vector<double> ratios = pairs(plan.looks()[i], 1.05);
    for (std::size_t j = *critical; j < ratios.size(); ++j) ratios[j] = 0.0;
    ASSERT_EQ(plan.decide(ratios), Decision::kRegressed);
    EXPECT_EQ(judge(ratios, fixed_margin(0.02)).verdict, Verdict::kRegressed) << plan.looks()[i];
  }
}

TEST(SequentialText, EveryDecision_HasAWord) {
  EXPECT_EQ(to_string(Decision::kContinue), "continue");
  EXPECT_EQ(to_string(Decision::kRegressed), "regressed");
  EXPECT_EQ(to_string(Decision::kImproved), "improved");
  EXPECT_EQ(to_string(Decision::kNotSlower), "not_slower");
  EXPECT_EQ(to_string(Decision::kFutile), "futile");
  EXPECT_EQ(to_string(Decision::kCapReached), "cap_reached");
}

}  // namespace
}  // namespace assay::stats
