// Error rates by simulation: coverage of the interval, false alarms of A/A, and power, all from fixed seeds.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "harness/stats/paired.hpp"
#include "harness/stats/verdict.hpp"
#include "tests/harness/stats/noise_draws.hpp"

namespace assay::stats {
namespace {

TEST(Simulation, SkewedPairs_IntervalCoversAsPromised) {
  for (const std::size_t pairs : {8U, 12U, 24U, 96U}) {
    std::mt19937_64 engine(20250930 + pairs);
    constexpr int kExperiments = 4000;
    const double truth = std::log(1.03);
    int covered = 0;
    for (int i = 0; i < kExperiments; ++i) {
      const auto comparison = compare_pairs(skewed_pairs(engine, pairs, truth, 0.05), 0.02);
      const Interval interval = comparison.value().interval95.value();
      if (interval.low <= 1.03 && 1.03 <= interval.high) ++covered;
    }
    const double coverage = static_cast<double>(covered) / kExperiments;
    EXPECT_GE(coverage, 0.94) << pairs;
    EXPECT_LE(coverage, pairs == 8 ? 0.999 : 0.99) << pairs;  // 8 pairs achieve 99.2 %: the next rank would give 93 %
  }
}

TEST(Simulation, IdenticalCode_IsNeverCalledAChange) {
  std::mt19937_64 engine(1);
  for (int i = 0; i < 2000; ++i) {
    const Margin margin = margin_from_control(normal_pairs(engine, 24, 0.0, 0.01));
    const Verdict verdict = judge(normal_pairs(engine, 24, 0.0, 0.01), margin).verdict;
    ASSERT_NE(verdict, Verdict::kRegressed) << i;
    ASSERT_NE(verdict, Verdict::kImproved) << i;
  }
}

TEST(Simulation, HeavySkewedNoise_IdenticalCodeIsRarelyCalledAChange) {
  std::mt19937_64 engine(2);
  int alarms = 0;
  for (int i = 0; i < 2000; ++i) {
    const Margin margin = margin_from_control(skewed_pairs(engine, 24, 0.0, 0.10));
    const Verdict verdict = judge(skewed_pairs(engine, 24, 0.0, 0.10), margin).verdict;
    if (verdict == Verdict::kRegressed || verdict == Verdict::kImproved) ++alarms;
  }
  EXPECT_LE(alarms, 4);  // 0.2 %, below the 0.5 % a side that the bounds promise
}

// Experiments of 24 pairs at sigma 1 %, of 1000, in which the verdict is reached.
int reached(std::uint64_t seed, double effect, Verdict verdict) {
  std::mt19937_64 engine(seed);
  int count = 0;
  for (int i = 0; i < 1000; ++i) {
    const Margin margin = margin_from_control(normal_pairs(engine, 24, 0.0, 0.01));
    if (judge(normal_pairs(engine, 24, std::log1p(effect), 0.01), margin).verdict == verdict) ++count;
  }
  return count;
}

TEST(Simulation, FivePercent_IsFound) {
  EXPECT_GE(reached(3, 0.05, Verdict::kRegressed), 990);
  EXPECT_GE(reached(4, 1 / 1.05 - 1, Verdict::kImproved), 990);
}

TEST(Simulation, IdenticalCode_IsProvenEquivalent) {
  EXPECT_GE(reached(5, 0.0, Verdict::kEquivalent), 990);
}

TEST(Simulation, EffectAtTheMargin_IsRarelyCalledBeyondIt) {
  EXPECT_LE(reached(6, 0.02, Verdict::kRegressed), 10);
}

TEST(Simulation, MinimumDetectableEffect_IsFoundInAboutFourOfFive) {
  const double effect = minimum_detectable_effect(0.01, 24, 0.02).value();
  const int found = reached(7, effect, Verdict::kRegressed);
  EXPECT_GE(found, 680);  // whole ranks cost power: 99.67 % is tested where 99.5 % was asked
  EXPECT_LE(found, 880);
}

}  // namespace
}  // namespace assay::stats
