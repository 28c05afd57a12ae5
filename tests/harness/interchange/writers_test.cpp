// What the writers take from records, and what they leave out. tests/harness/cli/export_test.py checks whole files
// against the formats' documents.
#include "harness/interchange/writers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <sstream>

#include "harness/interchange/case_series.hpp"
#include "harness/store/record.hpp"
#include "tests/harness/store/sample_record.hpp"

namespace assay::interchange {
namespace {

using store::CaseRecord;
using ::testing::HasSubstr;
using testing::sample_record;

// Two blocks with known times: baseline 100, 200, 300, 400 ns, candidate a tenth of that.
CaseRecord small_record() {
  CaseRecord record = sample_record();
  record.samples.resize(12);
  std::map<std::string, std::int64_t> next{{"baseline", 0}, {"candidate", 0}, {"control", 0}};
  for (store::SampleRecord& sample : record.samples) {
    const std::int64_t total = next[sample.arm] += sample.arm == "candidate" ? 10 : 100;
    sample.prepare_ns = total / 5;
    sample.run_ns = total - total / 5;
    sample.cpu_ns = 2 * total;
  }
  store::ComparisonRecord time;
  time.metric = "time/total";
  time.kind = "statistical";
  time.unit = "ns";
  time.ratio = 0.1;
  time.interval = store::IntervalRecord{0.09, 0.12, 0.95, "sign test"};
  time.verdict = "IMPROVED";
  record.comparisons = {time};
  return record;
}

CaseRecord program_record() {
  CaseRecord record = small_record();
  record.kind = "program";
  record.baseline.summary = "sort 'a file'";
  for (store::SampleRecord& sample : record.samples) {
    sample.user_ns = sample.cpu_ns / 2;
    sample.system_ns = sample.cpu_ns - *sample.user_ns;
    sample.peak_rss_bytes = 5'000'000;
    sample.exit_code = 0;
  }
  return record;
}

Json only(const CaseRecord& record) {
  return to_json(record);
}

bool holds_no_number_that_is_none(const Json& value) {
  if (value.is_number()) return std::isfinite(value.get<double>());
  return std::all_of(value.begin(), value.end(), [](const Json& inner) {
    return !inner.is_structured() ? !inner.is_number() || std::isfinite(inner.get<double>())
                                  : holds_no_number_that_is_none(inner);
  });
}

TEST(Hyperfine, Times_AreSecondsOfEachSample) {
  const Json results = to_hyperfine({only(small_record())}).value()["results"];
  ASSERT_EQ(results.size(), 2U);
  const Json& baseline = results[0];
  EXPECT_THAT(baseline["times"].get<std::vector<double>>(),
              ::testing::Pointwise(::testing::DoubleEq(), {100e-9, 200e-9, 300e-9, 400e-9}));
  EXPECT_DOUBLE_EQ(baseline["mean"], 250e-9);
  EXPECT_DOUBLE_EQ(baseline["median"], 250e-9);
  EXPECT_DOUBLE_EQ(baseline["min"], 100e-9);
  EXPECT_DOUBLE_EQ(baseline["max"], 400e-9);
  EXPECT_NEAR(baseline["stddev"], 129.0994e-9, 1e-13);
  EXPECT_EQ(baseline["parameters"]["arm"], "baseline");
  EXPECT_DOUBLE_EQ(results[1]["median"], 25e-9);
}

TEST(Hyperfine, WhatAPluginDoesNotKnow_IsNullOrLeftOut) {
  const Json baseline = to_hyperfine({only(small_record())}).value()["results"][0];
  EXPECT_TRUE(baseline["user"].is_null());
  EXPECT_TRUE(baseline["system"].is_null());
  EXPECT_FALSE(baseline.contains("memory_usage_byte"));
  EXPECT_EQ(baseline["exit_codes"], Json(std::vector<Json>(4, nullptr)));
}

TEST(Hyperfine, Program_HasCommandCpuMemoryAndExitCodes) {
  const Json baseline = to_hyperfine({only(program_record())}).value()["results"][0];
  EXPECT_EQ(baseline["command"], "sort 'a file'");
  EXPECT_DOUBLE_EQ(baseline["user"], 250e-9);
  EXPECT_DOUBLE_EQ(baseline["system"], 250e-9);
  EXPECT_EQ(baseline["memory_usage_byte"], Json(std::vector<int>(4, 5'000'000)));
  EXPECT_EQ(baseline["exit_codes"], Json(std::vector<int>(4, 0)));
}

TEST(Hyperfine, OneSample_HasNoDeviation) {
  CaseRecord record = small_record();
  record.samples.resize(3);
  EXPECT_TRUE(to_hyperfine({only(record)}).value()["results"][0]["stddev"].is_null());
}

TEST(Bencher, Candidate_HasTheRatioWithItsInterval) {
  const Json json = to_bencher({only(small_record())}).value();
  ASSERT_EQ(json.size(), 2U);
  for (const auto& item : json.items()) {
    const bool candidate = item.key().find("/candidate:") != std::string::npos;
    EXPECT_DOUBLE_EQ(item.value()["latency"]["value"], candidate ? 25 : 250);
    ASSERT_EQ(item.value().contains("ratio"), candidate);
    if (!candidate) continue;
    EXPECT_EQ(item.value()["ratio"], Json({{"value", 0.1}, {"lower_value", 0.09}, {"upper_value", 0.12}}));
  }
}

TEST(GithubActionBenchmark, Entries_AreBothMediansAndTheRatio) {
  const Json json = to_github_action_benchmark({only(small_record())}).value();
  ASSERT_EQ(json.size(), 3U);
  EXPECT_EQ(json[0]["unit"], "ns");
  EXPECT_DOUBLE_EQ(json[0]["value"], 250);
  EXPECT_DOUBLE_EQ(json[1]["value"], 25);
  EXPECT_DOUBLE_EQ(json[2]["value"], 0.1);
  EXPECT_EQ(json[2]["range"], "0.0900 to 0.1200");
  EXPECT_THAT(json[2]["extra"].get<std::string>(), HasSubstr("IMPROVED"));
}

std::vector<std::string> lines_with(const std::string& text, const std::string& begin) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    if (line.rfind(begin, 0) == 0) lines.push_back(line);
  }
  return lines;
}

TEST(Benchstat, ArmsShareTheNameAndDifferInTheConfiguration) {
  const std::string text = to_benchstat({only(small_record())}).value();
  EXPECT_EQ(lines_with(text, "arm: "), (std::vector<std::string>{"arm: baseline", "arm: candidate"}));
  const auto lines = lines_with(text, "Benchmark");
  ASSERT_EQ(lines.size(), 8U);
  std::set<std::string> names;
  for (const std::string& line : lines) names.insert(line.substr(0, line.find(' ')));
  EXPECT_EQ(names.size(), 1U);
  EXPECT_THAT(*names.begin(), ::testing::EndsWith("-1"));  // one thread
  EXPECT_THAT(lines[0], ::testing::EndsWith(" 5 100 ns/op 200 cpu-ns/op"));
  EXPECT_THAT(lines[7], ::testing::EndsWith(" 5 40 ns/op 80 cpu-ns/op"));
}

TEST(Benchstat, BlanksAndSlashesInNames_StayInOneField) {
  CaseRecord record = program_record();
  record.baseline.variant = "sort /a file\n| cat";
  const std::string text = to_benchstat({only(record)}).value();
  for (const std::string& line : lines_with(text, "Benchmark")) {
    std::istringstream stream(line);
    const std::vector<std::string> fields{std::istream_iterator<std::string>(stream), {}};
    EXPECT_EQ(fields.size(), 8U) << line;
    EXPECT_THAT(fields[0], HasSubstr("/pair=sort_|a_file_|_cat.."));
  }
  EXPECT_EQ(lines_with(text, "variant: ").front(), "variant: sort /a file | cat");
}

using Writer = std::function<Result<Json>(const std::vector<Json>&)>;

TEST(Writers, CasesWithoutATime_AreLeftOut) {
  CaseRecord failed = small_record();
  failed.outcome = store::Outcome::kCrashed;
  failed.samples.clear();
  for (const Writer& write :
       {Writer(to_google_benchmark), Writer(to_hyperfine), Writer(to_bencher), Writer(to_github_action_benchmark)}) {
    const Json both = write({only(failed), only(small_record())}).value();
    EXPECT_EQ(both, write({only(small_record())}).value());
    EXPECT_TRUE(holds_no_number_that_is_none(both));
    EXPECT_TRUE(write({only(failed)}));
  }
}

TEST(Writers, RecordThatLacksAKey_IsAnErrorThatNamesIt) {
  Json record = to_json(small_record());
  record["samples"][0].erase("run_ns");
  for (const Writer& write :
       {Writer(to_google_benchmark), Writer(to_hyperfine), Writer(to_bencher), Writer(to_github_action_benchmark)}) {
    const auto json = write({record});
    ASSERT_FALSE(json);
    EXPECT_EQ(json.error().kind, ErrorKind::kUsage);
    EXPECT_THAT(json.error().message, HasSubstr("run_ns"));
  }
  EXPECT_FALSE(to_benchstat({record}));
}

TEST(Names, CasesThatDifferInAnything_DifferInTheirNames) {
  CaseRecord parameter = small_record();
  parameter.parameters["threshold"] = "80";
  CaseRecord dataset = small_record();
  dataset.dataset.name = "people-100k";
  CaseRecord candidate = small_record();
  candidate.candidate.variant = "strings.arena";
  CaseRecord itself = small_record();
  itself.candidate.variant = itself.baseline.variant;
  std::set<std::string> names;
  for (const CaseRecord& record : {small_record(), parameter, dataset, candidate, itself}) {
    const std::vector<CaseSeries> read = read_series({to_json(record)}).value();
    for (const ArmSeries& arm : read[0].arms) names.insert(name_of(read[0], arm));
  }
  EXPECT_EQ(names.size(), 10U);
}

}  // namespace
}  // namespace assay::interchange
