// The Google Benchmark export: the fields its readers take, finite numbers, right aggregates, names that tell apart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "harness/interchange/writers.hpp"
#include "harness/store/record.hpp"
#include "tests/harness/store/sample_record.hpp"

namespace assay::interchange {
namespace {

using store::CaseRecord;
using store::Outcome;
using store::SampleRecord;
using ::testing::HasSubstr;
using testing::sample_record;

Json exported(const std::vector<CaseRecord>& records) {
  std::vector<Json> json;
  for (const CaseRecord& record : records) json.push_back(to_json(record));
  const Result<Json> result = to_google_benchmark(json);
  return result.value();
}

// Totals 100, 200, ... ns of the baseline and a tenth of that of the candidate, in two blocks.
CaseRecord small_record() {
  CaseRecord record = sample_record();
  record.samples.resize(12);
  std::int64_t baseline = 0;
  std::int64_t candidate = 0;
  for (SampleRecord& sample : record.samples) {
    const bool is_baseline = sample.arm == "baseline";
    std::int64_t& total = is_baseline ? baseline : candidate;
    total += is_baseline ? 100 : 10;
    sample.prepare_ns = total / 5;
    sample.run_ns = total - total / 5;
    sample.cpu_ns = 2 * total;
  }
  return record;
}

const Json& aggregate(const Json& json, const char* name) {
  for (const Json& row : json["benchmarks"]) {
    if (row.value("aggregate_name", "") == name) return row;
  }
  throw std::runtime_error("no such aggregate");
}

bool all_numbers_finite(const Json& value) {
  if (value.is_number()) return std::isfinite(value.get<double>());
  return std::all_of(value.begin(), value.end(), [](const Json& inner) {
    return !inner.is_null() && (inner.is_string() || all_numbers_finite(inner));
  });
}

TEST(GoogleBenchmark, Context_HasTheKeysReadersTake) {
  const Json context = exported({sample_record()})["context"];
  for (const char* key : {"date", "host_name", "executable", "num_cpus", "mhz_per_cpu", "cpu_scaling_enabled", "caches",
                          "load_avg", "library_build_type"}) {
    EXPECT_TRUE(context.contains(key)) << key;
  }
  EXPECT_EQ(context["num_cpus"], 2);
}

TEST(GoogleBenchmark, IterationRows_AreTheTestSamplesOfEachArm) {
  const CaseRecord record = sample_record();
  std::size_t rows = 0;
  const Json json = exported({record});
  for (const Json& row : json["benchmarks"]) {
    EXPECT_EQ(row["time_unit"], "ns");
    EXPECT_EQ(row["threads"], 1);
    EXPECT_EQ(row["name"].get<std::string>().rfind(row["run_name"].get<std::string>(), 0), 0U);
    EXPECT_EQ(row["repetitions"], 24);  // 3 launches of 4 test blocks with two samples of each arm
    if (row["run_type"] != "iteration") continue;
    EXPECT_EQ(row["name"], row["run_name"]);
    EXPECT_EQ(row["iterations"], record.design.iterations);
    EXPECT_EQ(row["repetition_index"], rows % 24);
    ++rows;
  }
  EXPECT_EQ(rows, 48U);
}

TEST(GoogleBenchmark, Times_ArePreparePlusRunAndProcessorTime) {
  const Json first = exported({small_record()})["benchmarks"][0];
  EXPECT_EQ(first["real_time"], 100.0);
  EXPECT_EQ(first["cpu_time"], 200.0);
}

TEST(GoogleBenchmark, Aggregates_AreThoseOfTheSamples) {
  const Json json = exported({small_record()});  // the baseline's totals: 100, 200, 300, 400
  EXPECT_EQ(aggregate(json, "mean")["real_time"], 250.0);
  EXPECT_EQ(aggregate(json, "median")["real_time"], 250.0);
  const double deviation = std::sqrt((150.0 * 150 + 50 * 50 + 50 * 50 + 150 * 150) / 3);
  EXPECT_NEAR(aggregate(json, "stddev")["real_time"].get<double>(), deviation, 1e-9);
  EXPECT_NEAR(aggregate(json, "cv")["real_time"].get<double>(), deviation / 250, 1e-12);
  EXPECT_EQ(aggregate(json, "mean")["cpu_time"], 500.0);
  EXPECT_EQ(aggregate(json, "cv")["aggregate_unit"], "percentage");
  EXPECT_EQ(aggregate(json, "mean")["run_type"], "aggregate");
  EXPECT_FALSE(aggregate(json, "mean").contains("repetition_index"));
}

TEST(GoogleBenchmark, TimesOfZero_GiveFiniteNumbersEverywhere) {
  CaseRecord record = small_record();
  for (SampleRecord& sample : record.samples) sample.cpu_ns = 0;  // a run shorter than the clock's tick
  EXPECT_TRUE(all_numbers_finite(exported({record})["benchmarks"]));
}

TEST(GoogleBenchmark, CasesWithoutATime_AreLeftOut) {
  CaseRecord record = sample_record();
  record.outcome = Outcome::kNotEquivalent;
  record.reason = "2 rows missing";
  EXPECT_TRUE(exported({record})["benchmarks"].empty());
  EXPECT_TRUE(exported({record})["context"].contains("date"));
}

TEST(GoogleBenchmark, OneSample_HasNoAggregates) {
  CaseRecord record = small_record();
  record.samples.resize(2);
  const Json json = exported({record});
  EXPECT_EQ(json["benchmarks"].size(), 2U);
  for (const Json& row : json["benchmarks"]) EXPECT_EQ(row["run_type"], "iteration");
}

// compare.py takes rows of one name for repetitions of one benchmark.
TEST(GoogleBenchmark, ArmsOfDifferentCases_NeverShareAName) {
  CaseRecord other_threshold = sample_record();
  other_threshold.parameters["threshold"] = "80";
  CaseRecord other_candidate = sample_record();
  other_candidate.candidate.variant = "strings.arena";
  CaseRecord against_itself = sample_record();
  against_itself.candidate.variant = against_itself.baseline.variant;
  const Json json = exported({sample_record(), other_threshold, other_candidate, against_itself});
  std::set<std::string> names;
  std::set<int> families;
  for (const Json& row : json["benchmarks"]) {
    names.insert(row["run_name"].get<std::string>());
    families.insert(row["family_index"].get<int>());
  }
  EXPECT_EQ(names.size(), 8U);
  EXPECT_EQ(families.size(), 8U);
}

TEST(GoogleBenchmark, UnknownCoreCount_DoesNotStopTheExport) {
  CaseRecord record = sample_record();
  record.environment["cores"] = nullptr;
  EXPECT_GE(exported({record})["context"]["num_cpus"].get<int>(), 1);
}

TEST(GoogleBenchmark, NoRecords_IsAnEmptyFileOfTheFormat) {
  const Json json = exported({});
  EXPECT_TRUE(json["benchmarks"].is_array());
  EXPECT_TRUE(json["context"].contains("num_cpus"));
}

TEST(GoogleBenchmark, RecordThatLacksAKey_IsAnErrorThatNamesIt) {
  Json record = to_json(sample_record());
  record.erase("samples");
  const Result<Json> result = to_google_benchmark({record});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(result.error().message, HasSubstr("samples"));
  const Result<Json> empty = to_google_benchmark({Json::object()});
  ASSERT_FALSE(empty);
}

}  // namespace
}  // namespace assay::interchange
