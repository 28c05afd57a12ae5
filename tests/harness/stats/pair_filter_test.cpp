// Which pairs count as disturbed, and what the filter may do to a verdict.
#include "harness/stats/pair_filter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace assay::stats {
namespace {

constexpr std::int64_t kFiveMs = 5'000'000;

TEST(IsDisturbed, QuietSample_IsNot) {
  EXPECT_FALSE(is_disturbed({}));
  EXPECT_FALSE(is_disturbed({.duration_ns = kFiveMs, .run_queue_wait_ns = 100'000, .steal_ticks = 0}));
}

TEST(IsDisturbed, EachKindOfEvidence_IsEnough) {
  EXPECT_TRUE(is_disturbed({.duration_ns = kFiveMs, .run_queue_wait_ns = 100'001}));
  EXPECT_TRUE(is_disturbed({.duration_ns = kFiveMs, .steal_ticks = 1}));
  EXPECT_TRUE(is_disturbed({.duration_ns = kFiveMs, .involuntary_switches = 1}));
  EXPECT_TRUE(is_disturbed({.duration_ns = kFiveMs, .major_faults = 1}));
}

TEST(IsDisturbed, LongSample_HasLimitsInProportion) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  EXPECT_FALSE(is_disturbed({.duration_ns = kSecond, .run_queue_wait_ns = kSecond / 100}));
  EXPECT_TRUE(is_disturbed({.duration_ns = kSecond, .run_queue_wait_ns = kSecond / 100 + 1}));
  EXPECT_FALSE(is_disturbed({.duration_ns = kSecond, .involuntary_switches = 20}));
  EXPECT_TRUE(is_disturbed({.duration_ns = kSecond, .involuntary_switches = 21}));
  EXPECT_TRUE(is_disturbed({.duration_ns = kSecond, .major_faults = 1}));
}

TEST(UndisturbedPairs, EitherArmDisturbed_DropsThePair) {
  const NoiseEvidence quiet{.duration_ns = kFiveMs};
  const NoiseEvidence disturbed{.duration_ns = kFiveMs, .involuntary_switches = 1};
  const std::vector<double> ratios{0.1, 0.2, 0.3, 0.4};
  const auto kept = undisturbed_pairs(ratios, std::vector{quiet, disturbed, quiet, disturbed},
                                      std::vector{quiet, quiet, disturbed, disturbed});
  EXPECT_THAT(kept, testing::ElementsAre(0.1));
}

TEST(CheckFilter, HalfKept_IsEnough) {
  const std::vector<double> ratios(6, 0.05);
  EXPECT_EQ(check_filter(ratios, std::vector<double>(3, 0.05)), FilterOutcome::kAgrees);
  EXPECT_EQ(check_filter(ratios, std::vector<double>(2, 0.05)), FilterOutcome::kTooFewKept);
  EXPECT_EQ(check_filter(ratios, {}), FilterOutcome::kTooFewKept);
  EXPECT_EQ(check_filter({}, {}), FilterOutcome::kTooFewKept);
}

TEST(CheckFilter, MedianThatChangesSign_PointsTheOtherWay) {
  const std::vector<double> ratios{0.05, 0.05, 0.05, -0.01, -0.01};
  EXPECT_EQ(check_filter(ratios, std::vector{-0.01, -0.01, 0.05}), FilterOutcome::kOtherDirection);
  EXPECT_EQ(check_filter(ratios, std::vector{0.0, 0.0, 0.05}), FilterOutcome::kAgrees);
  const std::vector<double> faster{-0.05, -0.05, 0.01};
  EXPECT_EQ(check_filter(faster, std::vector{0.01, 0.01}), FilterOutcome::kOtherDirection);
}

VerdictReport report_of(Verdict verdict) {
  return {verdict, VerdictReason::kBeyondMargin, fixed_margin(0.02), 24};
}

TEST(CombineFilter, TooFewKept_IsContaminatedWhateverWasSeen) {
  for (const Verdict verdict : {Verdict::kRegressed, Verdict::kNotSlower, Verdict::kEquivalent}) {
    const VerdictReport combined = combine_filter(report_of(verdict), FilterOutcome::kTooFewKept);
    EXPECT_EQ(combined.verdict, Verdict::kInconclusive);
    EXPECT_EQ(combined.reason, VerdictReason::kContaminated);
  }
}

TEST(CombineFilter, OtherDirection_TakesBackChangesOnly) {
  for (const Verdict verdict : {Verdict::kRegressed, Verdict::kImproved}) {
    const VerdictReport combined = combine_filter(report_of(verdict), FilterOutcome::kOtherDirection);
    EXPECT_EQ(combined.verdict, Verdict::kInconclusive);
    EXPECT_EQ(combined.reason, VerdictReason::kFilterConflict);
  }
  EXPECT_EQ(combine_filter(report_of(Verdict::kNotSlower), FilterOutcome::kOtherDirection).verdict,
            Verdict::kNotSlower);
}

TEST(CombineFilter, Agreement_ChangesNothing) {
  const VerdictReport combined = combine_filter(report_of(Verdict::kRegressed), FilterOutcome::kAgrees);
  EXPECT_EQ(combined.verdict, Verdict::kRegressed);
  EXPECT_EQ(combined.reason, VerdictReason::kBeyondMargin);
}

TEST(FilterText, OutcomesAndReasons_HaveWords) {
  EXPECT_EQ(to_string(FilterOutcome::kAgrees), "agrees");
  EXPECT_EQ(to_string(FilterOutcome::kTooFewKept), "too_few_kept");
  EXPECT_EQ(to_string(FilterOutcome::kOtherDirection), "other_direction");
  EXPECT_EQ(to_string(VerdictReason::kTailConflict), "tail_conflict");
  EXPECT_EQ(to_string(VerdictReason::kFilterConflict), "filter_conflict");
  EXPECT_EQ(to_string(VerdictReason::kContaminated), "contaminated");
  EXPECT_EQ(to_string(VerdictReason::kClocksConflict), "clocks_conflict");
}

}  // namespace
}  // namespace assay::stats
