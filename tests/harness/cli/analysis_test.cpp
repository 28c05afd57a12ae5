// From samples with known ratios to medians, comparisons and verdicts; no time for a case that has none.
#include "harness/cli/analysis.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/harness/store/sample_record.hpp"
#include "tests/harness/store/schema_check.hpp"

namespace assay::cli {
namespace {

using store::CaseRecord;
using store::ComparisonRecord;
using store::Outcome;
using testing::RecordShape;
using testing::sample_record;

CaseRecord analysed(const RecordShape& shape) {
  CaseRecord record = sample_record(shape);
  EXPECT_TRUE(analyse(record));
  return record;
}

RecordShape with_ratio(double wall, double cpu) {
  RecordShape shape;
  shape.candidate = {1e6 * wall, 1e6 * cpu};
  return shape;
}

const ComparisonRecord& metric(const CaseRecord& record, const std::string& name) {
  for (const ComparisonRecord& comparison : record.comparisons) {
    if (comparison.metric == name) return comparison;
  }
  throw std::runtime_error("the record has no metric " + name);
}

TEST(Analyse, KnownRatio_IsFoundInEveryTimeMetric) {
  const CaseRecord record = analysed(with_ratio(0.8, 0.9));
  EXPECT_NEAR(*metric(record, "time/total").ratio, 0.8, 1e-4);
  EXPECT_NEAR(*metric(record, "time/prepare").ratio, 0.8, 1e-4);
  EXPECT_NEAR(*metric(record, "time/run").ratio, 0.8, 1e-4);
  EXPECT_NEAR(*metric(record, "time/cpu").ratio, 0.9, 1e-4);
}

TEST(Analyse, Medians_AreThoseOfTheTestSamplesOfEachArm) {
  const CaseRecord record = analysed(with_ratio(0.5, 0.25));
  ASSERT_TRUE(record.baseline.median);
  ASSERT_TRUE(record.candidate.median);
  EXPECT_NEAR(record.baseline.median->total_ns, 1e6, 1);
  EXPECT_NEAR(record.baseline.median->prepare_ns, 2e5, 1);
  EXPECT_NEAR(record.baseline.median->run_ns, 8e5, 1);
  EXPECT_NEAR(record.baseline.median->collect_ns, 1000, 1e-9);
  EXPECT_NEAR(record.candidate.median->total_ns, 5e5, 1000);
  EXPECT_NEAR(record.candidate.median->cpu_ns, 2.5e5, 1000);
}

TEST(Analyse, Pairs_AreCountedPerSeries) {
  const CaseRecord record = analysed({});  // 3 launches of 4 blocks, two pairs of each kind a block
  EXPECT_EQ(record.design.pairs, 24U);
  EXPECT_EQ(record.design.control_pairs, 24U);
  EXPECT_EQ(record.pair_log_ratios.size(), 24U);
  EXPECT_EQ(record.control_log_ratios.size(), 24U);
  EXPECT_EQ(metric(record, "time/total").pairs, 24U);
}

// Baseline and candidate take turns at being first: a pair must be told apart by its arms, not by its order.
TEST(Analyse, EveryPair_IsCandidateOverBaselineWhoeverCameFirst) {
  RecordShape shape = with_ratio(0.5, 0.5);
  shape.jitter = 0;
  for (const double ratio : analysed(shape).pair_log_ratios) EXPECT_NEAR(ratio, std::log(0.5), 1e-5);
}

TEST(Analyse, ClearChange_IsImprovedOrRegressed) {
  EXPECT_EQ(metric(analysed(with_ratio(0.5, 0.5)), "time/total").verdict, "IMPROVED");
  EXPECT_EQ(metric(analysed(with_ratio(1.5, 1.5)), "time/total").verdict, "REGRESSED");
}

TEST(Analyse, ArmsAlike_AreEquivalentWithAnIntervalAroundOne) {
  const CaseRecord record = analysed({});
  const ComparisonRecord& time = metric(record, "time/total");
  EXPECT_EQ(time.verdict, "EQUIVALENT");
  ASSERT_TRUE(time.interval);
  EXPECT_LE(time.interval->low, 1.0);
  EXPECT_GE(time.interval->high, 1.0);
  EXPECT_GE(time.interval->confidence, 0.95);
  ASSERT_TRUE(record.control);
  EXPECT_EQ(record.control->verdict, "EQUIVALENT");
}

TEST(Analyse, QuietControl_GivesTheFloorAsMargin) {
  EXPECT_EQ(metric(analysed({}), "time/total").margin, stats::kMarginFloor);
}

TEST(Analyse, DriftingControl_WidensTheMarginAndTheVerdictWithIt) {
  RecordShape shape = with_ratio(1.03, 1.03);
  EXPECT_EQ(metric(analysed(shape), "time/total").verdict, "REGRESSED");
  shape.control_drift = 1.05;
  const CaseRecord record = analysed(shape);
  EXPECT_GT(*metric(record, "time/total").margin, 0.045);
  EXPECT_EQ(metric(record, "time/total").verdict, "EQUIVALENT");
  EXPECT_NEAR(record.control->ratio, 1.05, 0.002);
}

TEST(Analyse, ControlThatChangesByHalf_LeavesOnlyGreaterChanges) {
  RecordShape shape = with_ratio(0.75, 0.75);
  shape.control_drift = 1.5;
  const CaseRecord lost = analysed(shape);
  EXPECT_GE(*metric(lost, "time/total").margin, 0.5);
  EXPECT_EQ(metric(lost, "time/total").verdict, "INCONCLUSIVE");
  EXPECT_EQ(metric(lost, "time/total").reason, "margin_not_gateable");
  EXPECT_GE(*lost.control->margin, 0.5);
  shape.candidate = {2e5, 2e5};
  EXPECT_EQ(metric(analysed(shape), "time/total").verdict, "IMPROVED");
}

TEST(Analyse, WallAndCpuTimeInOppositeDirections_AreInconclusive) {
  const CaseRecord record = analysed(with_ratio(0.8, 1.2));
  EXPECT_EQ(metric(record, "time/total").verdict, "INCONCLUSIVE");
  EXPECT_EQ(metric(record, "time/total").reason, "clocks_conflict");
  EXPECT_EQ(metric(record, "time/cpu").verdict, "REGRESSED");
}

// A fifth less wall time for a quarter more CPU time: a conflict of clocks, unless the time was bought with threads.
RecordShape faster_for_more_cpu(double cpu_share) {
  RecordShape shape;
  shape.baseline = {1e6, 1e6 * cpu_share};
  shape.candidate = {8e5, 1.25e6 * cpu_share};
  return shape;
}

TEST(Analyse, ProgramThatRunsInParallel_IsJudgedByWallTime) {
  CaseRecord record = sample_record(faster_for_more_cpu(1.0));
  record.kind = "program";
  ASSERT_TRUE(analyse(record));
  EXPECT_EQ(metric(record, "time/total").verdict, "IMPROVED");
  EXPECT_EQ(metric(record, "time/cpu").verdict, "REGRESSED");
}

TEST(Analyse, ProgramThatDoesNot_MayHaveAConflictOfClocks) {
  CaseRecord record = sample_record(faster_for_more_cpu(0.5));
  record.kind = "program";
  ASSERT_TRUE(analyse(record));
  EXPECT_EQ(metric(record, "time/total").verdict, "INCONCLUSIVE");
  EXPECT_EQ(metric(record, "time/total").reason, "clocks_conflict");
}

TEST(Analyse, Program_HasNoPhases) {
  CaseRecord record = sample_record({});
  record.kind = "program";
  ASSERT_TRUE(analyse(record));
  for (const ComparisonRecord& comparison : record.comparisons) {
    EXPECT_NE(comparison.metric, "time/prepare");
    EXPECT_NE(comparison.metric, "time/run");
  }
}

TEST(Analyse, FourControlPairs_AreTooFewAndNotAGuess) {
  CaseRecord record = sample_record();
  record.samples.resize(12);
  ASSERT_TRUE(analyse(record));
  EXPECT_EQ(metric(record, "time/total").verdict, "INCONCLUSIVE");
  EXPECT_FALSE(metric(record, "time/total").margin);
}

TEST(Analyse, ExactMetrics_AreComparedByEquality) {
  CaseRecord record = sample_record();
  record.candidate.memory->allocated_bytes = record.baseline.memory->allocated_bytes;
  record.candidate.memory->peak_live_bytes = *record.baseline.memory->peak_live_bytes + 1;
  ASSERT_TRUE(analyse(record));
  EXPECT_EQ(metric(record, "memory/allocations").verdict, "FEWER");
  EXPECT_EQ(metric(record, "memory/allocations").ratio, 0.4);
  EXPECT_EQ(metric(record, "memory/allocated_bytes").verdict, "EQUAL");
  EXPECT_EQ(metric(record, "memory/peak_live_bytes").verdict, "MORE");
  EXPECT_FALSE(metric(record, "memory/allocations").interval);
}

// The kernel counts resident pages and faults; the same program differs by a few of them from run to run.
TEST(Analyse, PageCounts_AreEqualWithinTwoPercent) {
  CaseRecord record = sample_record();
  record.candidate.memory->peak_rss_bytes = std::llround(8e6 * 1.019);
  record.candidate.memory->minor_faults = 389;  // of 400: 2.75 % fewer
  ASSERT_TRUE(analyse(record));
  EXPECT_EQ(metric(record, "memory/peak_rss_bytes").verdict, "EQUAL");
  EXPECT_EQ(metric(record, "memory/minor_faults").verdict, "FEWER");
  EXPECT_EQ(measured_metric(record, "memory/peak_rss_bytes")->counts.outcome, stats::ExactOutcome::kEqual);
}

TEST(Analyse, MemoryThatWasNotMeasured_HasNoRatioAndSaysWhy) {
  CaseRecord record = sample_record();
  record.baseline.memory->allocations.reset();
  record.baseline.memory->reason = "the malloc counter could not be preloaded";
  record.candidate.memory.reset();
  ASSERT_TRUE(analyse(record));
  const ComparisonRecord& allocations = metric(record, "memory/allocations");
  EXPECT_EQ(allocations.verdict, "NOT_MEASURED");
  EXPECT_FALSE(allocations.ratio);
  EXPECT_FALSE(allocations.baseline);
  EXPECT_EQ(allocations.reason, "the malloc counter could not be preloaded");
  EXPECT_EQ(metric(record, "memory/peak_rss_bytes").verdict, "NOT_MEASURED");
  EXPECT_EQ(metric(record, "time/total").verdict, "EQUIVALENT");  // the times are there
}

class CaseWithoutATime : public ::testing::TestWithParam<Outcome> {};

TEST_P(CaseWithoutATime, Record_HoldsNoTimeAnywhere) {
  CaseRecord record = sample_record(with_ratio(0.5, 0.5));
  record.outcome = GetParam();
  record.reason = "2 rows missing";
  record.equivalence.status = "different";
  ASSERT_TRUE(analyse(record));
  EXPECT_TRUE(record.comparisons.empty());
  EXPECT_TRUE(record.samples.empty());
  EXPECT_TRUE(record.pair_log_ratios.empty());
  EXPECT_TRUE(record.control_log_ratios.empty());
  EXPECT_FALSE(record.control);
  EXPECT_FALSE(record.baseline.median || record.candidate.median);
  EXPECT_FALSE(record.baseline.cold || record.candidate.cold);
  EXPECT_EQ(record.design.pairs, 0U);
}

INSTANTIATE_TEST_SUITE_P(Analyse, CaseWithoutATime,
                         ::testing::Values(Outcome::kNotEquivalent, Outcome::kSkipped, Outcome::kFailed,
                                           Outcome::kTimedOut, Outcome::kCrashed),
                         [](const auto& outcome) { return store::to_string(outcome.param); });

TEST(Analyse, RecordsOfEveryKind_KeepTheSchema) {
  ASSAY_SKIP_WITHOUT_SCHEMA_CHECKER();
  EXPECT_EQ(testing::schema_errors("assay-result-1.json", to_json(analysed(with_ratio(0.8, 0.9)))), "");
  CaseRecord different = sample_record();
  different.outcome = Outcome::kNotEquivalent;
  different.reason = "2 rows missing";
  different.candidate.memory.reset();
  ASSERT_TRUE(analyse(different));
  EXPECT_EQ(testing::schema_errors("assay-result-1.json", to_json(different)), "");
}

TEST(MeasuredMetric, AnyMetric_SaysWhatTheComparisonSays) {
  const CaseRecord record = analysed(with_ratio(0.8, 1.2));
  for (const ComparisonRecord& comparison : record.comparisons) {
    const auto measured = measured_metric(record, comparison.metric);
    ASSERT_TRUE(measured && measured->measured) << comparison.metric;
    if (measured->exact) {
      EXPECT_EQ(measured->counts.ratio, comparison.ratio) << comparison.metric;
    } else {
      EXPECT_EQ(measured->paired.ratio, comparison.ratio) << comparison.metric;
      EXPECT_EQ(stats::to_string(measured->verdict.verdict), comparison.verdict) << comparison.metric;
    }
  }
}

TEST(MeasuredMetric, WhatWasNotMeasured_IsNotMeasured) {
  CaseRecord record = sample_record();
  record.candidate.memory.reset();
  EXPECT_FALSE(measured_metric(record, "memory/allocations")->measured);
  record.samples.clear();
  EXPECT_FALSE(measured_metric(record, "time/total")->measured);
}

TEST(MeasuredMetric, UnknownName_IsNamedWithTheKnownOnes) {
  const auto measured = measured_metric(sample_record(), "time/totl");
  ASSERT_FALSE(measured);
  EXPECT_EQ(measured.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(measured.error().message,
              ::testing::AllOf(::testing::HasSubstr("'time/totl'"), ::testing::HasSubstr("time/total"),
                               ::testing::HasSubstr("memory/allocations")));
}

// Every sample waited for half of its window of 4 ms.
CaseRecord with_waits(std::uint32_t threads) {
  CaseRecord record = sample_record();
  record.design.thread_budget = threads;
  for (store::SampleRecord& sample : record.samples) {
    sample.window_ns = 4'000'000;
    sample.run_queue_wait_ns = 2'000'000;
  }
  EXPECT_TRUE(analyse(record));
  return record;
}

TEST(Analyse, QuietSamples_AreNotContaminated) {
  const CaseRecord record = analysed({});
  ASSERT_TRUE(record.contamination);
  EXPECT_FALSE(record.contamination->contaminated);
  EXPECT_EQ(record.contamination->samples, record.samples.size());
  EXPECT_EQ(record.contamination->disturbed_samples, 0);
}

TEST(Analyse, SamplesThatWaited_AreContaminatedWithTheReason) {
  ASSAY_SKIP_WITHOUT_SCHEMA_CHECKER();
  const CaseRecord record = with_waits(1);
  ASSERT_TRUE(record.contamination);
  EXPECT_TRUE(record.contamination->contaminated);
  EXPECT_THAT(record.contamination->reasons, ::testing::ElementsAre(::testing::HasSubstr("waited for a processor")));
  EXPECT_NEAR(record.contamination->wait_share.value_or(0), 0.5, 1e-9);
  EXPECT_EQ(testing::schema_errors("assay-result-1.json", to_json(record)), "");
}

TEST(Analyse, WaitOfOneOfSeveralThreads_IsNoEvidence) {
  const CaseRecord record = with_waits(2);
  ASSERT_TRUE(record.contamination);
  EXPECT_FALSE(record.contamination->contaminated);
  EXPECT_FALSE(record.contamination->wait_share);
}

TEST(Analyse, CaseWithoutATime_HasNoContamination) {
  CaseRecord record = with_waits(1);
  record.outcome = Outcome::kCrashed;
  ASSERT_TRUE(analyse(record));
  EXPECT_FALSE(record.contamination);
}

CaseRecord with_counts(const store::CountFigures& baseline, const store::CountFigures& candidate) {
  CaseRecord record = sample_record();
  record.baseline.counts = baseline;
  record.candidate.counts = candidate;
  EXPECT_TRUE(analyse(record));
  return record;
}

TEST(Analyse, Instructions_AreEqualWithinAHundredThousandthAndNoFurther) {
  const auto verdict = [](std::int64_t candidate) {
    return metric(with_counts({10'000'000, {}, {}, {}}, {candidate, {}, {}, {}}), "count/instructions").verdict;
  };
  EXPECT_EQ(verdict(10'000'000), "EQUAL");
  EXPECT_EQ(verdict(10'000'090), "EQUAL");
  EXPECT_EQ(verdict(10'000'110), "MORE");
  EXPECT_EQ(verdict(10'001'000), "MORE");  // 0.01 %
  EXPECT_EQ(verdict(9'999'000), "FEWER");
}

TEST(Analyse, Syscalls_AreEqualOnlyIfTheSame) {
  const auto verdict = [](std::int64_t candidate) {
    return metric(with_counts({{}, 10'000'000, {}, {}}, {{}, candidate, {}, {}}), "count/syscalls").verdict;
  };
  EXPECT_EQ(verdict(10'000'000), "EQUAL");
  EXPECT_EQ(verdict(10'000'001), "MORE");
}

TEST(Analyse, CountThatCouldNotBeMade_IsNotMeasuredWithItsReason) {
  ASSAY_SKIP_WITHOUT_SCHEMA_CHECKER();
  const CaseRecord record = with_counts({5, 7, {}, {}}, {{}, 7, "valgrind is not installed", {}});
  const ComparisonRecord& instructions = metric(record, "count/instructions");
  EXPECT_EQ(instructions.verdict, "NOT_MEASURED");
  EXPECT_EQ(instructions.reason, "valgrind is not installed");
  EXPECT_EQ(metric(record, "count/syscalls").verdict, "EQUAL");
  EXPECT_EQ(testing::schema_errors("assay-result-1.json", to_json(record)), "");
}

TEST(Analyse, CountThatNobodyAskedFor_IsNotCompared) {
  EXPECT_THROW(static_cast<void>(metric(analysed({}), "count/instructions")), std::runtime_error);
  const CaseRecord record = with_counts({{}, 7, {}, {}}, {{}, 7, {}, {}});
  EXPECT_THROW(static_cast<void>(metric(record, "count/instructions")), std::runtime_error);
}

TEST(Analyse, CountersOfAVariant_AreComparedWhereOneArmHasThem) {
  CaseRecord record = sample_record();
  record.baseline.counters = {{"kernel_launches", 4}, {"candidates", 1000}};
  record.candidate.counters = {{"kernel_launches", 1}, {"candidates", 1000}, {"bytes_to_device", 64}};
  ASSERT_TRUE(analyse(record));
  EXPECT_EQ(metric(record, "count/kernel_launches").verdict, "FEWER");
  EXPECT_EQ(metric(record, "count/kernel_launches").ratio, 0.25);
  EXPECT_EQ(metric(record, "count/candidates").verdict, "EQUAL");
  EXPECT_EQ(metric(record, "count/bytes_to_device").verdict, "MORE");
  EXPECT_EQ(metric(record, "count/bytes_to_device").baseline, 0.0);
  EXPECT_THROW(static_cast<void>(metric(record, "count/round_trips")), std::runtime_error);
  EXPECT_FALSE(measured_metric(record, "count/round_trips")->measured);
  EXPECT_EQ(measured_metric(record, "count/kernel_launches")->counts.candidate, 1U);
}

TEST(Analyse, DeviceTime_IsComparedIfEverySampleHasIt) {
  CaseRecord record = sample_record();
  for (store::SampleRecord& sample : record.samples) sample.device_ns = sample.arm == "candidate" ? 500 : 1000;
  ASSERT_TRUE(analyse(record));
  EXPECT_EQ(metric(record, "time/device").ratio, 0.5);
  EXPECT_EQ(metric(record, "time/device").verdict, "IMPROVED");
  EXPECT_TRUE(measured_metric(record, "time/device")->measured);
  record.samples[3].device_ns.reset();
  ASSERT_TRUE(analyse(record));
  EXPECT_THROW(static_cast<void>(metric(record, "time/device")), std::runtime_error);
  EXPECT_FALSE(measured_metric(record, "time/device")->measured);
}

TEST(Analyse, DeviceMemory_IsComparedOnlyIfThereIsAny) {
  CaseRecord record = sample_record();
  record.baseline.memory->reason = "the malloc counter could not be preloaded";
  ASSERT_TRUE(analyse(record));
  EXPECT_THROW(static_cast<void>(metric(record, "memory/device_peak_bytes")), std::runtime_error);
  record.candidate.memory->device_peak_bytes = 1 << 20;
  ASSERT_TRUE(analyse(record));
  EXPECT_EQ(metric(record, "memory/device_peak_bytes").verdict, "MORE");
}

}  // namespace
}  // namespace assay::cli
