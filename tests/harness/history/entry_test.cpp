// What of a record and a run folder goes into a history, and what is refused.
#include "harness/history/entry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/files.hpp"
#include "tests/harness/core/temporary_folder.hpp"
#include "tests/harness/store/sample_record.hpp"

namespace assay::history {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

Json record_json() {
  store::CaseRecord record = testing::sample_record();
  store::ComparisonRecord time;
  time.metric = "time/total";
  time.unit = "ns";
  time.kind = "statistical";
  time.baseline = 1e6;
  time.candidate = 9e5;
  time.ratio = 0.9;
  time.interval = store::IntervalRecord{0.88, 0.92, 0.957, "sign test"};
  time.margin = 0.02;
  time.verdict = "IMPROVED";
  store::ComparisonRecord memory;
  memory.metric = "memory/allocations";
  memory.unit = "count";
  memory.kind = "exact";
  record.comparisons = {time, memory};
  record.pair_log_ratios = {-0.1, -0.11};
  record.environment["git_revision"] = std::string(40, 'c');
  record.environment["git_dirty"] = true;
  return to_json(record);
}

Result<Entry> entry_from(const Json& record) {
  return entry_of(record, "20261121-091011-quick", "r.json");
}

TEST(EntryOf, Record_KeepsItsFigures) {
  const Entry entry = entry_from(record_json()).value();
  EXPECT_EQ(entry.run, "20261121-091011-quick");
  EXPECT_EQ(entry.created_utc, "2026-11-21T09:10:11Z");
  EXPECT_EQ(entry.revision, std::string(40, 'c'));
  EXPECT_EQ(entry.dirty, true);
  EXPECT_EQ(entry.machine_class, "a processor, 2 cores, Linux 6.1 x86_64, glibc 2.36, compiler 12.2.0");
  EXPECT_THAT(entry.case_id, HasSubstr("people-10k"));
  EXPECT_EQ(entry.outcome, "ok");
  EXPECT_THAT(entry.pair_log_ratios, ::testing::ElementsAre(-0.1, -0.11));
  ASSERT_EQ(entry.metrics.size(), 2U);
  const Metric& time = entry.metrics[0];
  EXPECT_EQ(time.name, "time/total");
  EXPECT_EQ(time.verdict, "IMPROVED");
  EXPECT_THAT(
      (std::vector{time.baseline, time.candidate, time.ratio, time.low, time.high, time.confidence, time.margin}),
      ::testing::ElementsAre(1e6, 9e5, 0.9, 0.88, 0.92, 0.957, 0.02));
}

TEST(EntryOf, WhatWasNotMeasured_StaysEmpty) {
  Json record = record_json();
  record["environment"]["git_revision"] = nullptr;
  record["environment"]["git_dirty"] = nullptr;
  const Entry entry = entry_from(record).value();
  EXPECT_FALSE(entry.revision);
  EXPECT_FALSE(entry.dirty);
  EXPECT_FALSE(entry.metrics[1].ratio);
  EXPECT_FALSE(entry.metrics[1].low);
  EXPECT_EQ(entry.metrics[1].verdict, "NOT_MEASURED");
}

TEST(EntryOf, Digest_TellsRecordsApartAndNotTheirSpaces) {
  const Json record = record_json();
  Json other = record;
  other["samples"][0]["run_ns"] = 1;
  EXPECT_EQ(entry_from(record)->digest, entry_from(Json::parse(record.dump(7)))->digest);
  EXPECT_NE(entry_from(record)->digest, entry_from(other)->digest);
}

TEST(EntryOf, KeysOfALaterMinorVersion_AreIgnored) {
  Json record = record_json();
  record["gate"] = {{"stage", 2}};
  record["comparisons"][0]["looks"] = 5;
  EXPECT_TRUE(entry_from(record));
}

TEST(EntryOf, OtherSchemaOrMissingKey_IsRefusedByName) {
  Json other = record_json();
  other["schema"] = "assay-result/2";
  EXPECT_THAT(entry_from(other).error().message, HasSubstr("r.json: schema is 'assay-result/2'"));
  for (const char* key : {"id", "created_utc", "outcome", "pair_log_ratios", "environment", "comparisons"}) {
    Json record = record_json();
    record.erase(key);
    const auto entry = entry_from(record);
    ASSERT_FALSE(entry) << key;
    EXPECT_EQ(entry.error().kind, ErrorKind::kUsage);
    EXPECT_THAT(entry.error().message, HasSubstr(key));
  }
  Json wrong = record_json();
  wrong["comparisons"][0]["ratio"] = "fast";
  EXPECT_THAT(entry_from(wrong).error().message, HasSubstr("time/total: key 'ratio'"));
}

class RunFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(make_folder(folder_ / "quick/records"));
    Json second = record_json();
    second["id"] = "second";
    run_ = {{"schema", "assay-run/1"}, {"records", {"b.json", "a.json"}}};
    ASSERT_TRUE(write_json(folder_ / "quick/records/b.json", record_json()));
    ASSERT_TRUE(write_json(folder_ / "quick/records/a.json", second));
    write_run();
  }
  void write_run() { ASSERT_TRUE(write_json(folder_ / "quick/run.json", run_)); }

  testing::TemporaryFolder folder_;
  Json run_;
};

TEST_F(RunFolder, Records_ComeInTheOrderOfTheRunUnderItsName) {
  for (const char* name : {"quick", "quick/", "./quick"}) {
    const auto entries = read_run(folder_ / name).value();
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[1].case_id, "second");
    EXPECT_EQ(entries[0].run, "quick") << name;
  }
}

TEST_F(RunFolder, MissingRecord_IsAnError) {
  fs::remove(folder_ / "quick/records/a.json");
  EXPECT_THAT(read_run(folder_ / "quick").error().message, HasSubstr("a.json"));
}

TEST_F(RunFolder, NoRunOrAnotherSchema_IsAnError) {
  EXPECT_THAT(read_run(folder_.path()).error().message, HasSubstr("holds no run"));
  run_["schema"] = "assay-run/9";
  write_run();
  EXPECT_THAT(read_run(folder_ / "quick").error().message, HasSubstr("assay-run/9"));
}

}  // namespace
}  // namespace assay::history
