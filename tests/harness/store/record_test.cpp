// Records as JSON: every outcome keeps the schema, raw samples survive, and what was not measured is null.
#include "harness/store/record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/store/time_text.hpp"
#include "tests/harness/store/sample_record.hpp"
#include "tests/harness/store/schema_check.hpp"

namespace assay::store {
namespace {

using testing::sample_record;
using testing::schema_errors;

constexpr const char* kSchema = "assay-result-1.json";

CaseRecord with_comparison() {
  CaseRecord record = sample_record();
  ComparisonRecord time;
  time.metric = "time/total";
  time.unit = "ns";
  time.kind = "statistical";
  time.baseline = 1e6;
  time.candidate = 9e5;
  time.ratio = 0.9;
  time.interval = IntervalRecord{0.88, 0.92, 0.957, "sign test, order statistics"};
  time.pairs = 24;
  time.sigma = 0.01;
  time.margin = 0.02;
  time.verdict = "IMPROVED";
  ComparisonRecord memory;
  memory.metric = "memory/allocations";
  memory.unit = "count";
  memory.kind = "exact";
  memory.reason = "the memory run gave no figure";
  record.comparisons = {time, memory};
  record.baseline.median = MedianTimes{2e5, 8e5, 1e3, 1e6, 1e6};
  record.candidate.median = MedianTimes{1.8e5, 7.2e5, 1e3, 9e5, 9e5};
  record.control =
      ControlRecord{1.0, IntervalRecord{0.99, 1.01, 0.95, "sign test, order statistics"}, 12, "EQUIVALENT", 0.02};
  record.pair_log_ratios = {-0.1, -0.11};
  record.control_log_ratios = {0.0};
  return record;
}

CaseRecord crashed() {
  CaseRecord record = sample_record();
  record.outcome = Outcome::kCrashed;
  record.reason = "'strings.interned': ended by signal 11 in run";
  record.samples.clear();
  record.candidate.outcome = Outcome::kCrashed;
  record.candidate.reason = "ended by signal 11 in run";
  record.candidate.cold.reset();
  record.candidate.memory.reset();
  record.candidate.plugin_sha256.reset();
  record.equivalence = EquivalenceRecord{};
  return record;
}

CaseRecord not_equivalent() {
  CaseRecord record = sample_record();
  record.outcome = Outcome::kNotEquivalent;
  record.reason = "2 rows missing";
  record.samples.clear();
  record.equivalence.status = "different";
  record.equivalence.counts = DifferenceCounts{2, 1, 0, 3};
  record.equivalence.differences = {{"missing", "left_id=17 right_id=204", {}, {}, {}},
                                    {"differing", "left_id=1 \xff", "distance", "1", "2"}};
  return record;
}

TEST(RecordToJson, OkCase_KeepsTheSchema) {
  ASSAY_SKIP_WITHOUT_SCHEMA_CHECKER();
  EXPECT_EQ(schema_errors(kSchema, to_json(with_comparison())), "");
}

TEST(RecordToJson, CasesWithoutATime_KeepTheSchema) {
  ASSAY_SKIP_WITHOUT_SCHEMA_CHECKER();
  EXPECT_EQ(schema_errors(kSchema, to_json(crashed())), "");
  EXPECT_EQ(schema_errors(kSchema, to_json(not_equivalent())), "");
}

TEST(RecordToJson, BrokenRecord_IsSeenByTheChecker) {
  ASSAY_SKIP_WITHOUT_SCHEMA_CHECKER();
  CaseRecord record = with_comparison();
  record.outcome = Outcome::kCrashed;  // but a comparison has a time
  record.reason = "signal 11";
  EXPECT_THAT(schema_errors(kSchema, to_json(record)), ::testing::HasSubstr("comparisons[0].verdict"));
}

TEST(RecordToJson, WhatWasNotMeasured_IsNullAndNeverZero) {
  CaseRecord record = sample_record();
  record.baseline.memory = MemoryFigures{};
  record.baseline.memory->reason = "no counter";
  record.candidate.memory.reset();
  record.samples[0].run_queue_wait_ns.reset();
  const Json json = to_json(record);
  for (const auto& item : json["baseline"]["memory"].items()) {
    EXPECT_TRUE(item.key() == "reason" || item.value().is_null()) << item.key();
  }
  EXPECT_TRUE(json["candidate"]["memory"].is_null());
  EXPECT_TRUE(json["baseline"]["median"].is_null());
  EXPECT_TRUE(json["control"].is_null());
  EXPECT_TRUE(json["samples"][0]["run_queue_wait_ns"].is_null());
  for (const char* key : {"window_ns", "steal_ns", "cpu_stall_ns", "memory_stall_ns", "io_stall_ns"}) {
    EXPECT_TRUE(json["samples"][0][key].is_null()) << key;
  }
  EXPECT_TRUE(json["baseline"]["counts"].is_null());
  EXPECT_TRUE(json["contamination"].is_null());
  EXPECT_EQ(json["samples"][1]["run_queue_wait_ns"], 0);
}

TEST(RecordToJson, NoiseEvidence_HasItsOwnKeys) {
  ASSAY_SKIP_WITHOUT_SCHEMA_CHECKER();
  CaseRecord record = with_comparison();
  SampleRecord& sample = record.samples[0];
  sample.window_ns = 1;
  sample.steal_ns = 2;
  sample.cpu_stall_ns = 3;
  sample.memory_stall_ns = 4;
  sample.io_stall_ns = 5;
  const Json json = to_json(record);
  EXPECT_EQ(json["samples"][0]["window_ns"], 1);
  EXPECT_EQ(json["samples"][0]["steal_ns"], 2);
  EXPECT_EQ(json["samples"][0]["cpu_stall_ns"], 3);
  EXPECT_EQ(json["samples"][0]["memory_stall_ns"], 4);
  EXPECT_EQ(json["samples"][0]["io_stall_ns"], 5);
  EXPECT_EQ(schema_errors(kSchema, json), "");
}

TEST(RecordToJson, Samples_AreAllThereInRunOrder) {
  const CaseRecord record = sample_record();
  const Json json = to_json(record);
  ASSERT_EQ(json["samples"].size(), record.samples.size());
  for (std::size_t i = 0; i < record.samples.size(); ++i) {
    EXPECT_EQ(json["samples"][i]["run_ns"], record.samples[i].run_ns);
    EXPECT_EQ(json["samples"][i]["arm"], record.samples[i].arm);
    EXPECT_EQ(json["samples"][i]["block"], record.samples[i].block);
  }
}

TEST(OutcomeText, EveryOutcome_HasItsWord) {
  EXPECT_STREQ(to_string(Outcome::kOk), "ok");
  EXPECT_STREQ(to_string(Outcome::kNotEquivalent), "not_equivalent");
  EXPECT_STREQ(to_string(Outcome::kSkipped), "skipped");
  EXPECT_STREQ(to_string(Outcome::kFailed), "failed");
  EXPECT_STREQ(to_string(Outcome::kTimedOut), "timed_out");
  EXPECT_STREQ(to_string(Outcome::kCancelled), "cancelled");
  EXPECT_STREQ(to_string(Outcome::kCrashed), "crashed");
}

TEST(UtcText, PointInTime_IsWrittenInUtc) {
  const auto time = std::chrono::system_clock::from_time_t(1'795'252'211);
  EXPECT_EQ(utc_text(time), "2026-11-21T09:10:11Z");
  EXPECT_EQ(utc_stamp(time), "20261121-091011");
}

}  // namespace
}  // namespace assay::store
