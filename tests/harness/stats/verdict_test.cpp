// Verdicts at the edges of their bounds, and clocks that contradict each other.
#include "harness/stats/verdict.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace assay::stats {
namespace {

const Margin kTwoPercent = fixed_margin(0.02);

// 24 log ratios: `below` times ln(low), the rest ln(high). Ranks at n = 24: 99.5 % one-sided 6, 90 % and 95 % 8.
std::vector<double> split(std::size_t below, double low, double high) {
  std::vector<double> ratios(24, std::log(high));
  for (std::size_t i = 0; i < below; ++i) ratios[i * 7 % 24] = std::log(low);  // 7 and 24 share no divisor: spread out
  return ratios;
}

TEST(Judge, LowerBoundBeyondMargin_IsRegressed) {
  const VerdictReport report = judge(split(5, 1.0, 1.03), kTwoPercent);
  EXPECT_EQ(report.verdict, Verdict::kRegressed);
  EXPECT_EQ(report.reason, VerdictReason::kBeyondMargin);
  EXPECT_EQ(report.pairs, 24U);
}

TEST(Judge, OneMorePairBelow_IsNoLongerRegressed) {
  const VerdictReport report = judge(split(6, 1.0, 1.03), kTwoPercent);
  EXPECT_EQ(report.verdict, Verdict::kInconclusive);
  EXPECT_EQ(report.reason, VerdictReason::kSpansMargin);
  EXPECT_TRUE(report.minimum_detectable_effect);
}

TEST(Judge, UpperBoundBeyondMargin_IsImproved) {
  EXPECT_EQ(judge(split(19, 0.97, 1.0), kTwoPercent).verdict, Verdict::kImproved);
  EXPECT_NE(judge(split(18, 0.97, 1.0), kTwoPercent).verdict, Verdict::kImproved);
}

TEST(Judge, SlowerButInsideMargin_IsEquivalent) {
  const VerdictReport report = judge(split(12, 1.0, 1.015), kTwoPercent);
  EXPECT_EQ(report.verdict, Verdict::kEquivalent);
  EXPECT_EQ(report.reason, VerdictReason::kInsideMargin);
}

TEST(Judge, FasterOrEqualButNotProven_IsNotSlower) {
  const VerdictReport report = judge(split(12, 0.9, 1.0), kTwoPercent);
  EXPECT_EQ(report.verdict, Verdict::kNotSlower);
  EXPECT_EQ(report.reason, VerdictReason::kBelowUpperMargin);
}

TEST(Judge, EighthFarPair_EndsEquivalence) {
  EXPECT_EQ(judge(split(7, 0.5, 1.0), kTwoPercent).verdict, Verdict::kEquivalent);
  EXPECT_EQ(judge(split(8, 0.5, 1.0), kTwoPercent).verdict, Verdict::kNotSlower);
}

TEST(Judge, EighthSlowPair_EndsNotSlower) {
  EXPECT_EQ(judge(split(17, 0.5, 1.03), kTwoPercent).verdict, Verdict::kNotSlower);
  EXPECT_EQ(judge(split(16, 0.5, 1.03), kTwoPercent).verdict, Verdict::kInconclusive);
}

TEST(Judge, ReciprocalChanges_AreMirrored) {
  // The margin is symmetric in the logarithm: 2.01 % slower and its reciprocal are both beyond it.
  EXPECT_EQ(judge(split(0, 1.0, 1.0201), kTwoPercent).verdict, Verdict::kRegressed);
  EXPECT_EQ(judge(split(0, 1.0, 1 / 1.0201), kTwoPercent).verdict, Verdict::kImproved);
  EXPECT_EQ(judge(split(0, 1.0, 1 / 1.019), kTwoPercent).verdict, Verdict::kEquivalent);
}

TEST(Judge, BoundOnTheMargin_IsNotBeyondIt) {
  for (const double threshold : {std::log1p(0.02), -std::log1p(0.02)}) {
    const Verdict verdict = judge(std::vector<double>(24, threshold), kTwoPercent).verdict;
    EXPECT_FALSE(is_change(verdict)) << threshold;
    EXPECT_NE(verdict, Verdict::kEquivalent) << threshold;  // nor inside it
  }
}

TEST(Judge, SevenPairsFarSlower_AreTooFew) {
  const VerdictReport report = judge(std::vector<double>(7, std::log(2.0)), kTwoPercent);
  EXPECT_EQ(report.verdict, Verdict::kInconclusive);
  EXPECT_EQ(report.reason, VerdictReason::kTooFewPairs);
  EXPECT_FALSE(report.minimum_detectable_effect);
  EXPECT_EQ(judge(std::vector<double>(8, std::log(2.0)), kTwoPercent).verdict, Verdict::kRegressed);
}

TEST(Judge, NoPairs_AreTooFew) {
  EXPECT_EQ(judge({}, kTwoPercent).reason, VerdictReason::kTooFewPairs);
}

// A control that moved by 30 % proves nothing alike, but five times faster is faster all the same.
TEST(Judge, ControlTooNoisy_LetsOnlyAChangeBeyondItPass) {
  const Margin noisy{0.3, MarginSource::kControlTooNoisy, 0.3};
  EXPECT_EQ(judge(std::vector<double>(24, std::log(0.2)), noisy).verdict, Verdict::kImproved);
  EXPECT_EQ(judge(std::vector<double>(24, std::log(5.0)), noisy).verdict, Verdict::kRegressed);
  for (const double ratio : {0.8, 1.0, 1.25}) {
    const VerdictReport report = judge(std::vector<double>(24, std::log(ratio)), noisy);
    EXPECT_EQ(report.verdict, Verdict::kInconclusive) << ratio;
    EXPECT_EQ(report.reason, VerdictReason::kMarginNotGateable) << ratio;
  }
}

TEST(Judge, MarginUnknown_IsInconclusiveWhateverTheChange) {
  const VerdictReport report = judge(split(0, 1.0, 2.0), Margin{});
  EXPECT_EQ(report.verdict, Verdict::kInconclusive);
  EXPECT_EQ(report.reason, VerdictReason::kMarginNotGateable);
}

VerdictReport report_of(Verdict verdict) {
  return {verdict, VerdictReason::kBeyondMargin, kTwoPercent, 24};
}

TEST(CombineClocks, OppositeDirections_Conflict) {
  for (const auto& [wall, cpu] :
       {std::pair{Verdict::kRegressed, Verdict::kImproved}, std::pair{Verdict::kImproved, Verdict::kRegressed}}) {
    const VerdictReport combined = combine_clocks(report_of(wall), report_of(cpu));
    EXPECT_EQ(combined.verdict, Verdict::kInconclusive);
    EXPECT_EQ(combined.reason, VerdictReason::kClocksConflict);
  }
}

TEST(CombineClocks, AddedWaiting_StaysRegressed) {
  EXPECT_EQ(combine_clocks(report_of(Verdict::kRegressed), report_of(Verdict::kEquivalent)).verdict,
            Verdict::kRegressed);
}

TEST(VerdictText, EveryVerdict_IsUpperCaseWord) {
  EXPECT_EQ(to_string(Verdict::kRegressed), "REGRESSED");
  EXPECT_EQ(to_string(Verdict::kImproved), "IMPROVED");
  EXPECT_EQ(to_string(Verdict::kEquivalent), "EQUIVALENT");
  EXPECT_EQ(to_string(Verdict::kNotSlower), "NOT_SLOWER");
  EXPECT_EQ(to_string(Verdict::kInconclusive), "INCONCLUSIVE");
}

}  // namespace
}  // namespace assay::stats
