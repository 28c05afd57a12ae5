// Error rates and power on noise as it was recorded, not as a distribution would have it. All draws from fixed seeds.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

#include "harness/stats/margin.hpp"
#include "harness/stats/pair_filter.hpp"
#include "harness/stats/paired.hpp"
#include "harness/stats/sequential.hpp"
#include "harness/stats/verdict.hpp"
#include "tests/harness/stats/trace.hpp"

namespace assay::stats {
namespace {

using Decision = SequentialDecision;

class RecordedTraces : public testing::Test {
 protected:
  static void SetUpTestSuite() { traces_ = read_traces(); }
  static inline std::vector<Trace> traces_;
};

TEST_F(RecordedTraces, TenFamilies_HaveEnoughPairsToDrawFrom) {
  EXPECT_GE(traces_.size(), 10U);
  for (const Trace& trace : traces_) EXPECT_GE(trace.wall_log_ratios.size(), 60U) << trace.name;
}

// Of 2000 experiments drawn from the trace, the share whose 95 % interval holds the median of the trace.
double coverage(const Trace& trace, std::size_t pairs, std::size_t block) {
  std::mt19937_64 engine(71);
  const std::vector<double> ratios = centered(trace.wall_log_ratios);
  int covered = 0;
  for (int i = 0; i < 2000; ++i) {
    const auto interval = compare_pairs(draw_again(engine, ratios, pairs, block), 0.02)->interval95.value();
    covered += interval.low <= 1.0 && 1.0 <= interval.high ? 1 : 0;
  }
  return covered / 2000.0;
}

// Single pairs drawn anew: what the interval promises, at least 95 % and little more.
TEST_F(RecordedTraces, IndependentPairs_AreCoveredBetween94And98Percent) {
  for (const Trace& trace : traces_) {
    for (const std::size_t pairs : {48U, 96U}) {
      EXPECT_GE(coverage(trace, pairs, 1), 0.94) << trace.name << ' ' << pairs;
      EXPECT_LE(coverage(trace, pairs, 1), 0.98) << trace.name << ' ' << pairs;
    }
  }
}

// Neighbours as they were, one and four blocks of the design at a time. Mirrored blocks make the second pair undo the
// first, so coverage may exceed 98 %; it must not fall below 94.
TEST_F(RecordedTraces, DependentPairs_AreCoveredByAtLeast94Percent) {
  for (const Trace& trace : traces_) {
    for (const std::size_t block : {2U, 8U}) EXPECT_GE(coverage(trace, 48, block), 0.94) << trace.name << ' ' << block;
  }
}

struct Outcome {
  Decision decision = Decision::kContinue;
  std::size_t pairs = 0;
};

Outcome run(const SequentialPlan& plan, std::span<const double> ratios) {
  for (const std::size_t look : plan.looks()) {
    const Decision decision = plan.decide(ratios.first(look));
    if (decision != Decision::kContinue) return {decision, look};
  }
  return {};
}

bool is_change(Decision decision) {
  return decision == Decision::kRegressed || decision == Decision::kImproved;
}

TEST_F(RecordedTraces, AsRecorded_NoneIsAChange) {
  for (const Trace& trace : traces_) {
    for (const auto* ratios : {&trace.wall_log_ratios, &trace.cpu_log_ratios}) {
      for (const bool gate : {true, false}) {
        const SequentialPlan plan({.margin = 0.02, .cap = ratios->size(), .stop_when_not_slower = gate});
        EXPECT_FALSE(is_change(run(plan, *ratios).decision)) << trace.name;
      }
    }
  }
}

// As a run does it: 96 control pairs give the margin, up to 96 others are judged.
TEST_F(RecordedTraces, ThreeThousandComparisonsOfEqualCode_RaiseNoAlarm) {
  std::mt19937_64 engine(72);
  for (const Trace& trace : traces_) {
    const std::vector<double> equal = centered(trace.wall_log_ratios);
    int alarms = 0;
    for (int i = 0; i < 300; ++i) {
      const Margin margin = margin_from_control(draw_again(engine, equal, 96, 2));
      const SequentialPlan plan({.margin = margin.value, .cap = 96, .stop_when_not_slower = i % 2 == 0});
      alarms += is_change(run(plan, draw_again(engine, equal, 96, 2)).decision) ? 1 : 0;
    }
    EXPECT_EQ(alarms, 0) << trace.name;
  }
}

// An experiment stops where its pairs look good; its plain 95 % interval covers all the same.
TEST_F(RecordedTraces, IntervalAtTheStop_StillCovers) {
  const SequentialPlan plan({.margin = 0.02, .cap = 96});
  for (const Trace& trace : traces_) {
    std::mt19937_64 engine(74);
    const std::vector<double> equal = centered(trace.wall_log_ratios);
    for (const double truth : {1.0, 1.02, 1.05}) {
      int covered = 0;
      for (int i = 0; i < 1000; ++i) {
        std::vector<double> ratios = draw_again(engine, equal, 96, 1);
        for (double& ratio : ratios) ratio += std::log(truth);
        const std::size_t pairs = run(plan, ratios).pairs;
        const Interval interval = compare_pairs(std::span(ratios).first(pairs), 0.02)->interval95.value();
        covered += interval.low <= truth && truth <= interval.high ? 1 : 0;
      }
      EXPECT_GE(covered, 940) << trace.name << ' ' << truth;
    }
  }
}

// A process that computes or copies in bursts disturbs more than half the pairs; a machine left alone does not, as far
// as samples are short (alloc's of 54 ms were always interrupted by something).
TEST_F(RecordedTraces, LoadedMachine_IsContaminatedAndAQuietOneIsNot) {
  for (const Trace& trace : traces_) {
    const auto kept = undisturbed_pairs(trace.wall_log_ratios, trace.baseline_noise, trace.control_noise);
    const FilterOutcome outcome = check_filter(trace.wall_log_ratios, kept);
    if (trace.name.ends_with("_cpu") || trace.name.ends_with("_memory")) {
      EXPECT_EQ(outcome, FilterOutcome::kTooFewKept) << trace.name;
    }
    if (trace.name == "score_alone" || trace.name == "vectors_alone") {
      EXPECT_EQ(outcome, FilterOutcome::kAgrees) << trace.name;
    }
  }
}

constexpr std::array kEffects{0.0, 0.01, 0.02, 0.03, 0.05, 0.10};
constexpr int kExperiments = 200;

struct Power {
  std::array<double, kEffects.size()> regressed{};  // share of the experiments
  std::array<double, kEffects.size()> mean_pairs{};
};

Power power(std::span<const double> recorded) {
  std::mt19937_64 engine(73);
  const SequentialPlan plan({.margin = 0.02, .cap = 192});
  const std::vector<double> equal = centered(recorded);
  Power found;
  for (int i = 0; i < kExperiments; ++i) {
    const std::vector<double> drawn = draw_again(engine, equal, 192, 2);
    for (std::size_t effect = 0; effect < kEffects.size(); ++effect) {
      std::vector<double> injected = drawn;
      for (double& ratio : injected) ratio += std::log1p(kEffects[effect]);
      const Outcome outcome = run(plan, injected);
      found.regressed[effect] += outcome.decision == Decision::kRegressed ? 1.0 / kExperiments : 0.0;
      found.mean_pairs[effect] += static_cast<double>(outcome.pairs) / kExperiments;
    }
  }
  return found;
}

void print(std::string_view name, const Power& found) {
  std::printf("  %-22.*s", static_cast<int>(name.size()), name.data());
  for (std::size_t i = 0; i < kEffects.size(); ++i) {
    std::printf(" %4.0f %% (%3.0f)", 100 * found.regressed[i], found.mean_pairs[i]);
  }
  std::printf("\n");
}

void expect_honest(const Trace& trace, const Power& found) {
  EXPECT_EQ(found.regressed[0], 0.0) << trace.name;
  EXPECT_EQ(found.regressed[1], 0.0) << trace.name;    // inside the margin
  EXPECT_LE(found.regressed[2], 0.015) << trace.name;  // on it: 0.5 % promised, 200 experiments
  for (std::size_t i = 1; i < kEffects.size(); ++i) EXPECT_GE(found.regressed[i], found.regressed[i - 1]) << trace.name;
}

// Margin 2 %, at most 192 pairs. Noise decides how small a slowdown can be seen; none may be seen that is not there.
TEST_F(RecordedTraces, InjectedSlowdowns_AreFoundAsFarAsTheNoiseAllows) {
  std::printf("  REGRESSED (mean pairs)     0 %%        1 %%        2 %%        3 %%        5 %%       10 %%\n");
  for (const Trace& trace : traces_) {
    const Power wall = power(trace.wall_log_ratios);
    const Power cpu = power(trace.cpu_log_ratios);
    print(trace.name + " wall", wall);
    print(trace.name + " cpu", cpu);
    expect_honest(trace, wall);
    expect_honest(trace, cpu);
    EXPECT_GE(cpu.regressed.back(), 0.95) << trace.name;
    EXPECT_GE(cpu.regressed.back() + 0.01, wall.regressed.back()) << trace.name;
  }
}

}  // namespace
}  // namespace assay::stats
