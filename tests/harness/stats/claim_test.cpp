// Claimed beside measured: every verdict, and the edges between them.
#include "harness/stats/claim.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace assay::stats {
namespace {

const Claim kQuarterLess{.kind = ClaimKind::kFigures, .ratio_low = 0.75, .ratio_high = 0.85};  // "15-25 % less"
const Claim kBetter{.kind = ClaimKind::kDirection};
const Claim kNoEffect{.kind = ClaimKind::kNeutral};

PairedComparison measured(double low, double high) {
  return {.pairs = 24, .ratio = (low + high) / 2, .interval95 = Interval{low, high, 0.977}};
}

VerdictReport verdict_of(Verdict verdict) {
  return {verdict, VerdictReason::kSpansMargin, fixed_margin(0.02), 24};
}

ClaimVerdict on(const Claim& claim, double low, double high) {
  return judge_claim(claim, measured(low, high), verdict_of(Verdict::kInconclusive)).verdict;
}

TEST(FiguresClaim, IntervalInsideRange_IsConfirmed) {
  EXPECT_EQ(on(kQuarterLess, 0.78, 0.82), ClaimVerdict::kConfirmed);
  EXPECT_EQ(on(kQuarterLess, 0.80, 0.85), ClaimVerdict::kConfirmed);
  EXPECT_EQ(on(kQuarterLess, 0.70, 0.75), ClaimVerdict::kConfirmed);  // touches the range: the claim may be all of it
}

TEST(FiguresClaim, IntervalBeyondGreatestEffect_IsUnderstated) {
  EXPECT_EQ(on(kQuarterLess, 0.70, 0.74), ClaimVerdict::kUnderstated);
  const Claim open{.kind = ClaimKind::kFigures, .ratio_high = 0.85};
  EXPECT_EQ(on(open, 0.10, 0.12), ClaimVerdict::kConfirmed);
}

TEST(FiguresClaim, GainShortOfRange_IsOverstated) {
  EXPECT_EQ(on(kQuarterLess, 0.86, 0.90), ClaimVerdict::kOverstated);
}

// The claim is false either way; whether anything is gained is not known.
TEST(FiguresClaim, LessThanClaimedButNoGainShown_IsOverstatedAndSaysSo) {
  for (const auto& [low, high] : {std::pair{0.9802, 0.99}, std::pair{0.97, 1.30}, std::pair{0.86, 0.985}}) {
    const auto judgement = judge_claim(kQuarterLess, measured(low, high), verdict_of(Verdict::kInconclusive));
    EXPECT_EQ(judgement.verdict, ClaimVerdict::kOverstated) << low << ' ' << high;
    EXPECT_EQ(judgement.reason, ClaimReason::kGainNotShown) << low << ' ' << high;
  }
  const auto gain = judge_claim(kQuarterLess, measured(0.86, 0.90), verdict_of(Verdict::kImproved));
  EXPECT_EQ(gain.reason, ClaimReason::kShortOfClaim);
}

// 5-9 % claimed, a margin of 10 %: what equal code could have shown confirms nothing.
TEST(FiguresClaim, GainInsideTheMargin_ConfirmsNothing) {
  const Claim few_percent{.kind = ClaimKind::kFigures, .ratio_low = 0.909, .ratio_high = 0.952};
  VerdictReport wide = verdict_of(Verdict::kEquivalent);
  wide.margin = fixed_margin(0.10);
  const auto judgement = judge_claim(few_percent, measured(0.905, 0.95), wide);
  EXPECT_EQ(judgement.verdict, ClaimVerdict::kInconclusive);
  EXPECT_EQ(judgement.reason, ClaimReason::kClaimInsideMargin);
  EXPECT_EQ(judge_claim(few_percent, measured(0.90, 0.9090), wide).verdict, ClaimVerdict::kConfirmed);
}

TEST(FiguresClaim, NoGainWorthTheMargin_IsRefuted) {
  EXPECT_EQ(on(kQuarterLess, 0.981, 0.99), ClaimVerdict::kRefuted);  // 1 / 1.02 = 0.98039
  EXPECT_EQ(on(kQuarterLess, 0.99, 1.05), ClaimVerdict::kRefuted);
  EXPECT_EQ(on(kQuarterLess, 1.02, 1.05), ClaimVerdict::kRefuted);
}

TEST(FiguresClaim, SlowerBeyondMargin_IsReversed) {
  EXPECT_EQ(on(kQuarterLess, 1.021, 1.05), ClaimVerdict::kReversed);
}

TEST(FiguresClaim, IntervalAcrossLeastEffect_IsInconclusive) {
  const auto judgement = judge_claim(kQuarterLess, measured(0.84, 0.88), verdict_of(Verdict::kImproved));
  EXPECT_EQ(judgement.verdict, ClaimVerdict::kInconclusive);
  EXPECT_EQ(judgement.reason, ClaimReason::kIntervalSpansClaim);
}

TEST(FiguresClaim, ClaimSmallerThanMargin_IsNotRefuted) {
  const Claim one_percent{.kind = ClaimKind::kFigures, .ratio_high = 0.99};
  const auto judgement = judge_claim(one_percent, measured(0.985, 0.988), verdict_of(Verdict::kEquivalent));
  EXPECT_EQ(judgement.verdict, ClaimVerdict::kInconclusive);
  EXPECT_EQ(judgement.reason, ClaimReason::kClaimInsideMargin);
  EXPECT_EQ(on(one_percent, 0.90, 0.92), ClaimVerdict::kConfirmed);
  EXPECT_EQ(on(one_percent, 1.03, 1.04), ClaimVerdict::kReversed);
}

TEST(FiguresClaim, WithoutInterval_IsInconclusive) {
  const auto judgement = judge_claim(kQuarterLess, PairedComparison{.pairs = 3}, verdict_of(Verdict::kInconclusive));
  EXPECT_EQ(judgement.verdict, ClaimVerdict::kInconclusive);
  EXPECT_EQ(judgement.reason, ClaimReason::kNoInterval);
}

TEST(FiguresClaim, UntrustedMeasurement_IsInconclusive) {
  VerdictReport noisy = verdict_of(Verdict::kInconclusive);
  noisy.margin = Margin{};
  EXPECT_EQ(judge_claim(kQuarterLess, measured(0.78, 0.82), noisy).reason, ClaimReason::kNoVerdict);
  noisy.margin = {0.3, MarginSource::kControlTooNoisy, 0.3};
  EXPECT_EQ(judge_claim(kQuarterLess, measured(0.78, 0.82), noisy).reason, ClaimReason::kNoVerdict);
  noisy.verdict = Verdict::kImproved;  // by more than the control moved
  EXPECT_EQ(judge_claim(kQuarterLess, measured(0.28, 0.32), noisy).verdict, ClaimVerdict::kUnderstated);
  for (const VerdictReason reason : {VerdictReason::kClocksConflict, VerdictReason::kTailConflict,
                                     VerdictReason::kFilterConflict, VerdictReason::kContaminated}) {
    VerdictReport conflict = verdict_of(Verdict::kInconclusive);
    conflict.reason = reason;
    EXPECT_EQ(judge_claim(kQuarterLess, measured(0.78, 0.82), conflict).reason, ClaimReason::kNoVerdict);
  }
}

TEST(FiguresClaim, FiguresThatAreNoGain_AreUntestable) {
  for (const Claim& claim :
       {Claim{ClaimKind::kFigures, 0.5, std::nullopt}, Claim{ClaimKind::kFigures, std::nullopt, 1.0},
        Claim{ClaimKind::kFigures, 0.9, 0.8}, Claim{ClaimKind::kFigures, std::nullopt, 0.0}}) {
    const auto judgement = judge_claim(claim, measured(0.5, 0.6), verdict_of(Verdict::kImproved));
    EXPECT_EQ(judgement.verdict, ClaimVerdict::kUntestable);
    EXPECT_EQ(judgement.reason, ClaimReason::kNotAGain);
  }
}

ClaimVerdict on(const Claim& claim, Verdict verdict) {
  return judge_claim(claim, measured(0.9, 0.95), verdict_of(verdict)).verdict;
}

TEST(DirectionClaim, FollowsTheVerdict) {
  EXPECT_EQ(on(kBetter, Verdict::kImproved), ClaimVerdict::kConfirmed);
  EXPECT_EQ(on(kBetter, Verdict::kRegressed), ClaimVerdict::kReversed);
  EXPECT_EQ(on(kBetter, Verdict::kEquivalent), ClaimVerdict::kRefuted);
  EXPECT_EQ(on(kBetter, Verdict::kNotSlower), ClaimVerdict::kInconclusive);
  EXPECT_EQ(on(kBetter, Verdict::kInconclusive), ClaimVerdict::kInconclusive);
}

TEST(NeutralClaim, FollowsTheVerdict) {
  EXPECT_EQ(on(kNoEffect, Verdict::kEquivalent), ClaimVerdict::kConfirmed);
  EXPECT_EQ(on(kNoEffect, Verdict::kImproved), ClaimVerdict::kUnderstated);
  EXPECT_EQ(on(kNoEffect, Verdict::kRegressed), ClaimVerdict::kReversed);
  EXPECT_EQ(on(kNoEffect, Verdict::kNotSlower), ClaimVerdict::kInconclusive);
}

ClaimVerdict exactly(const Claim& claim, std::uint64_t baseline, std::uint64_t candidate) {
  return judge_claim(claim, compare_exact(baseline, candidate).value()).verdict;
}

TEST(ExactClaim, Figures_NeedNoInterval) {
  EXPECT_EQ(exactly(kQuarterLess, 1000, 800), ClaimVerdict::kConfirmed);
  EXPECT_EQ(exactly(kQuarterLess, 1000, 750), ClaimVerdict::kConfirmed);
  EXPECT_EQ(exactly(kQuarterLess, 1000, 749), ClaimVerdict::kUnderstated);
  EXPECT_EQ(exactly(kQuarterLess, 1000, 851), ClaimVerdict::kOverstated);
  EXPECT_EQ(exactly(kQuarterLess, 1000, 980), ClaimVerdict::kOverstated);
  EXPECT_EQ(exactly(kQuarterLess, 1000, 1000), ClaimVerdict::kRefuted);
  EXPECT_EQ(exactly(kQuarterLess, 1000, 1021), ClaimVerdict::kReversed);
}

// 999 of 1000 is no gain of a quarter, and 1001 no loss.
TEST(ExactClaim, ThousandthOfAChange_IsNone) {
  EXPECT_EQ(exactly(kQuarterLess, 1000, 999), ClaimVerdict::kRefuted);
  EXPECT_EQ(exactly(kQuarterLess, 1000, 1001), ClaimVerdict::kRefuted);
}

TEST(ExactClaim, ClaimOfLessThanTheMargin_IsJudgedWithoutOne) {
  const Claim one_percent{.kind = ClaimKind::kFigures, .ratio_high = 0.99};
  EXPECT_EQ(exactly(one_percent, 1000, 990), ClaimVerdict::kConfirmed);
  EXPECT_EQ(exactly(one_percent, 1000, 991), ClaimVerdict::kOverstated);
  EXPECT_EQ(exactly(one_percent, 1000, 1001), ClaimVerdict::kReversed);
}

TEST(ExactClaim, ZeroBaseline_IsDecidedWithoutRatio) {
  EXPECT_EQ(exactly(kQuarterLess, 0, 0), ClaimVerdict::kRefuted);
  EXPECT_EQ(exactly(kQuarterLess, 0, 4), ClaimVerdict::kReversed);
}

TEST(ExactClaim, DirectionAndNeutral_FollowTheOutcome) {
  EXPECT_EQ(exactly(kBetter, 4, 1), ClaimVerdict::kConfirmed);
  EXPECT_EQ(exactly(kBetter, 4, 4), ClaimVerdict::kRefuted);
  EXPECT_EQ(exactly(kNoEffect, 4, 4), ClaimVerdict::kConfirmed);
  EXPECT_EQ(exactly(kNoEffect, 4, 5), ClaimVerdict::kReversed);
}

TEST(ClaimText, Verdicts_AreUpperCaseWords) {
  EXPECT_EQ(to_string(ClaimVerdict::kUnderstated), "UNDERSTATED");
  EXPECT_EQ(to_string(ClaimVerdict::kUntestable), "UNTESTABLE");
  EXPECT_EQ(to_string(ClaimVerdict::kNotEquivalent), "NOT_EQUIVALENT");
}

}  // namespace
}  // namespace assay::stats
