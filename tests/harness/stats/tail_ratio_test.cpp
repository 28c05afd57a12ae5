// The ratio of the fast ends, its interval, and what it may say against a verdict.
#include "harness/stats/tail_ratio.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "harness/stats/verdict.hpp"
#include "tests/harness/stats/noise_draws.hpp"

namespace assay::stats {
namespace {

TEST(TailRatio, TenPercentQuantiles_AreDivided) {
  std::vector<double> baseline;
  std::vector<double> candidate;
  for (int i = 1; i <= 11; ++i) {  // the quantile is the second smallest: 2 and 20
    baseline.push_back(12.0 - i);
    candidate.push_back(10.0 * i);
  }
  const auto tail = tail_ratio(baseline, candidate);
  ASSERT_TRUE(tail);
  EXPECT_DOUBLE_EQ(tail->ratio, 10.0);
  EXPECT_EQ(tail->pairs, 11U);
  EXPECT_FALSE(tail->interval95);
}

TEST(TailRatio, UnusableTimes_AreAbsent) {
  EXPECT_FALSE(tail_ratio({}, {}));
  EXPECT_FALSE(tail_ratio(std::vector{1.0, 2.0}, std::vector{1.0}));
  for (const double bad : {0.0, -1.0, std::nan("")}) {
    EXPECT_FALSE(tail_ratio(std::vector{1.0, 2.0}, std::vector{1.0, bad})) << bad;
    EXPECT_FALSE(tail_ratio(std::vector{bad, 2.0}, std::vector{1.0, 2.0})) << bad;
  }
}

// Bursts make a third of the runs of both arms up to twice as long; the fast end does not see them.
TEST(TailRatio, FivePercentUnderBursts_LiesInTheInterval) {
  std::mt19937_64 engine(61);
  const auto times = [&](double typical) {
    std::vector<double> values(96);
    for (double& value : values) {
      value = typical * std::exp(0.005 * normal(engine)) * (uniform(engine) < 0.33 ? 1 + uniform(engine) : 1.0);
    }
    return values;
  };
  int covered = 0;
  for (int i = 0; i < 100; ++i) {
    const auto tail = tail_ratio(times(1.0), times(1.05));
    ASSERT_TRUE(tail && tail->interval95);
    EXPECT_NEAR(tail->ratio, 1.05, 0.01);
    covered += tail->interval95->low <= 1.05 && 1.05 <= tail->interval95->high ? 1 : 0;
  }
  EXPECT_GE(covered, 86);
}

TEST(TailRatio, TwentyPairs_AreTheFewestForAnInterval) {
  std::mt19937_64 engine(62);
  const auto times = [&](std::size_t pairs) {
    auto values = normal_pairs(engine, pairs, 1.0, 0.01);
    return values;
  };
  EXPECT_FALSE(tail_ratio(times(19), times(19))->interval95);
  EXPECT_TRUE(tail_ratio(times(20), times(20))->interval95);
}

VerdictReport report_of(Verdict verdict) {
  return {verdict, VerdictReason::kBeyondMargin, fixed_margin(0.02), 24};
}

VerdictReport with_tail(Verdict verdict, double low, double high) {
  const TailRatio tail{24, (low + high) / 2, Interval{low, high, 0.95}};
  return combine(report_of(verdict), report_of(Verdict::kInconclusive), tail);
}

TEST(Combine, TailOnTheOtherSide_IsAConflict) {
  for (const auto& [verdict, low, high] :
       {std::tuple{Verdict::kRegressed, 0.90, 0.98}, std::tuple{Verdict::kImproved, 1.021, 1.1},
        std::tuple{Verdict::kNotSlower, 1.021, 1.1}, std::tuple{Verdict::kEquivalent, 1.021, 1.1},
        std::tuple{Verdict::kEquivalent, 0.90, 0.98}}) {
    const VerdictReport combined = with_tail(verdict, low, high);
    EXPECT_EQ(combined.verdict, Verdict::kInconclusive) << to_string(verdict) << ' ' << low;
    EXPECT_EQ(combined.reason, VerdictReason::kTailConflict) << to_string(verdict) << ' ' << low;
  }
}

TEST(Combine, TailThatStaysOrReachesIntoTheMargin_IsNone) {
  for (const auto& [verdict, low, high] :
       {std::tuple{Verdict::kRegressed, 0.99, 1.01}, std::tuple{Verdict::kRegressed, 0.90, 0.981},
        std::tuple{Verdict::kRegressed, 1.03, 1.05}, std::tuple{Verdict::kImproved, 1.019, 1.1},
        std::tuple{Verdict::kImproved, 0.99, 1.01}, std::tuple{Verdict::kNotSlower, 0.8, 0.9},
        std::tuple{Verdict::kNotSlower, 1.019, 1.1}, std::tuple{Verdict::kEquivalent, 0.9, 0.981}}) {
    EXPECT_EQ(with_tail(verdict, low, high).verdict, verdict) << to_string(verdict) << ' ' << low;
  }
}

TEST(Combine, WithoutInterval_NothingIsContradicted) {
  const VerdictReport wall = report_of(Verdict::kRegressed);
  EXPECT_EQ(combine(wall, wall, std::nullopt).verdict, Verdict::kRegressed);
  EXPECT_EQ(combine(wall, wall, TailRatio{10, 0.5, std::nullopt}).verdict, Verdict::kRegressed);
}

TEST(Combine, ClocksThatConflict_StayAConflictOfClocks) {
  const TailRatio tail{24, 0.9, Interval{0.88, 0.92, 0.95}};
  const VerdictReport combined = combine(report_of(Verdict::kRegressed), report_of(Verdict::kImproved), tail);
  EXPECT_EQ(combined.reason, VerdictReason::kClocksConflict);
}

}  // namespace
}  // namespace assay::stats
