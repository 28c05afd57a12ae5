// Files of other tools: which samples they hold, and what a user is told when they hold none.
#include "harness/interchange/measurements.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "harness/interchange/writers.hpp"
#include "harness/store/record.hpp"
#include "tests/harness/core/temporary_folder.hpp"
#include "tests/harness/store/sample_record.hpp"

namespace assay::interchange {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Measurements read(const testing::TemporaryFolder& folder, const std::string& text) {
  const auto measurements = read_measurements(folder.write("file.json", text));
  EXPECT_TRUE(measurements) << measurements.error().message;
  return measurements.value_or(Measurements());
}

std::string error_of(const testing::TemporaryFolder& folder, const std::string& text) {
  const auto measurements = read_measurements(folder.write("file.json", text));
  EXPECT_FALSE(measurements);
  if (measurements) return "";
  EXPECT_EQ(measurements.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(measurements.error().message, HasSubstr("file.json"));
  return measurements.error().message;
}

TEST(GoogleBenchmarkReader, Repetitions_AreSamplesInNanoseconds) {
  const testing::TemporaryFolder folder;
  const Measurements found = read(folder, R"({"context": {}, "benchmarks": [
      {"name": "a/8", "run_name": "a/8", "run_type": "iteration", "repetition_index": 0, "real_time": 2.5, "cpu_time": 2, "time_unit": "us"},
      {"name": "a/8", "run_name": "a/8", "run_type": "iteration", "repetition_index": 1, "real_time": 3, "cpu_time": 2, "time_unit": "us"},
      {"name": "b", "run_name": "b", "run_type": "iteration", "real_time": 0.25, "cpu_time": 2, "time_unit": "ns"},
      {"name": "a/8_mean", "run_name": "a/8", "run_type": "aggregate", "aggregate_name": "mean", "real_time": 2.75, "time_unit": "us"}]})");
  EXPECT_EQ(found.format, "google-benchmark");
  ASSERT_EQ(found.series.size(), 2U);
  EXPECT_EQ(found.series[0].name, "a/8");
  EXPECT_THAT(found.series[0].samples_ns, ElementsAre(DoubleEq(2500), DoubleEq(3000)));
  EXPECT_THAT(found.series[1].samples_ns, ElementsAre(DoubleEq(0.25)));
}

TEST(GoogleBenchmarkReader, FailedBenchmark_HasItsMessageAndNoSamples) {
  const testing::TemporaryFolder folder;
  const Measurements found = read(folder, R"({"context": {}, "benchmarks": [
      {"name": "a", "run_type": "iteration", "real_time": 2.5, "time_unit": "ms"},
      {"name": "a", "run_type": "iteration", "error_occurred": true, "error_message": "no GPU", "real_time": 0, "time_unit": "ms"}]})");
  ASSERT_EQ(found.series.size(), 1U);
  EXPECT_THAT(found.series[0].samples_ns, IsEmpty());
  EXPECT_THAT(found.series[0].note, HasSubstr("no GPU"));
}

TEST(GoogleBenchmarkReader, OnlyAggregates_AreRefusedWithAnAdvice) {
  const testing::TemporaryFolder folder;
  EXPECT_THAT(
      error_of(
          folder,
          R"({"context": {}, "benchmarks": [{"name": "a_mean", "run_name": "a", "run_type": "aggregate", "real_time": 1, "time_unit": "ns"}]})"),
      HasSubstr("--benchmark_report_aggregates_only"));
  EXPECT_THAT(error_of(folder, R"({"context": {}, "benchmarks": [{"name": "a", "real_time": 1, "time_unit": "h"}]})"),
              HasSubstr("'h'"));
  EXPECT_THAT(error_of(folder, R"({"context": {}, "benchmarks": [{"name": "a", "time_unit": "ns"}]})"),
              HasSubstr("real_time"));
}

TEST(GoogleBenchmarkReader, WhatWeWrite_IsReadBack) {
  const testing::TemporaryFolder folder;
  const store::CaseRecord record = testing::sample_record();
  const Json written = to_google_benchmark({to_json(record)}).value();
  const Measurements found = read(folder, written.dump());
  ASSERT_EQ(found.series.size(), 2U);
  std::vector<double> baseline;
  for (const store::SampleRecord& sample : record.samples) {
    if (sample.arm == "baseline") baseline.push_back(static_cast<double>(sample.total_ns()));
  }
  EXPECT_EQ(found.series[0].samples_ns, baseline);
}

TEST(HyperfineReader, Times_AreSamplesInNanoseconds) {
  const testing::TemporaryFolder folder;
  const Measurements found = read(
      folder, R"({"results": [{"command": "sleep 0.01", "mean": 0.015, "times": [0.01, 0.02], "exit_codes": [0, 0]},
                                             {"command": "sort", "times": [1.5], "parameters": {"threads": "4"}}]})");
  EXPECT_EQ(found.format, "hyperfine");
  ASSERT_EQ(found.series.size(), 2U);
  EXPECT_THAT(found.series[0].samples_ns, ElementsAre(DoubleEq(1e7), DoubleEq(2e7)));
  EXPECT_EQ(found.series[1].name, "sort threads=4");
}

TEST(HyperfineReader, WithoutTimes_SaysSo) {
  const testing::TemporaryFolder folder;
  const Measurements found = read(folder, R"({"results": [{"command": "sort", "mean": 1.5}]})");
  EXPECT_THAT(found.series[0].note, HasSubstr("no single times"));
  EXPECT_THAT(error_of(folder, R"({"results": [{"command": "a", "times": [1]}, {"command": "a", "times": [1]}]})"),
              HasSubstr("twice"));
  EXPECT_THAT(error_of(folder, R"({"results": [{"command": "a", "times": "long"}]})"), HasSubstr("times"));
}

TEST(HyperfineReader, WhatWeWrite_IsReadBack) {
  const testing::TemporaryFolder folder;
  const store::CaseRecord record = testing::sample_record();
  const Measurements found = read(folder, to_hyperfine({to_json(record)}).value().dump());
  ASSERT_EQ(found.series.size(), 2U);
  EXPECT_EQ(found.series[0].samples_ns.size() * 3, record.samples.size());
}

std::string nvbench_json(const std::string& summaries, const std::string& more = "") {
  return R"({"meta": {"version": {"json": {"major": 1}}}, "devices": [], "benchmarks": [{"name": "copy", "states": [
      {"name": "Device=0 Size=2^8", "summaries": [)" +
         summaries + "]" + more + "}]}]}";
}

std::string sample_times(const std::string& file, const std::string& size) {
  return R"({"tag": "nv/json/bin:nv/cold/sample_times", "data": [{"name": "filename", "type": "string", "value": ")" +
         file + R"("}, {"name": "size", "type": "int64", "value": ")" + size + R"("}]})";
}

std::string floats(const std::vector<float>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)};
}

TEST(NvbenchReader, SampleTimes_ComeFromTheFileBeside) {
  const testing::TemporaryFolder folder;
  std::filesystem::create_directory(folder / "file.json-bin");
  folder.write("file.json-bin/0.bin", floats({0.5F, 0.25F}));
  const Measurements found = read(folder, nvbench_json(sample_times("file.json-bin/0.bin", "2")));
  EXPECT_EQ(found.format, "nvbench");
  ASSERT_EQ(found.series.size(), 1U);
  EXPECT_EQ(found.series[0].name, "copy Device=0 Size=2^8");
  EXPECT_THAT(found.series[0].samples_ns, ElementsAre(DoubleEq(5e8), DoubleEq(2.5e8)));
}

TEST(NvbenchReader, OnlyMeansOrSkipped_HasANoteAndNoSamples) {
  const testing::TemporaryFolder folder;
  const std::string mean =
      R"({"tag": "nv/cold/time/gpu/mean", "data": [{"name": "value", "type": "float64", "value": "1e-3"}]})";
  EXPECT_THAT(read(folder, nvbench_json(mean)).series[0].note, HasSubstr("--jsonbin"));
  EXPECT_THAT(read(folder, nvbench_json("", R"(, "is_skipped": true, "skip_reason": "too large")")).series[0].note,
              HasSubstr("too large"));
}

TEST(NvbenchReader, SampleFileThatDoesNotFit_IsAnError) {
  const testing::TemporaryFolder folder;
  folder.write("0.bin", floats({0.5F, 0.25F}) + "x");
  EXPECT_THAT(error_of(folder, nvbench_json(sample_times("absent.bin", "2"))), HasSubstr("absent.bin"));
  const auto file = folder.write("file.json", nvbench_json(sample_times("0.bin", "2")));
  const auto measurements = read_measurements(file);
  ASSERT_FALSE(measurements);
  EXPECT_THAT(measurements.error().message, HasSubstr("9 bytes"));
}

TEST(ReadMeasurements, OtherJson_IsRefusedWithTheKnownFormats) {
  const testing::TemporaryFolder folder;
  for (const char* const text : {"{}", "[]", "3", R"({"benchmarks": []})", R"({"results": 3})"}) {
    EXPECT_THAT(error_of(folder, text), HasSubstr("google-benchmark, hyperfine and nvbench")) << text;
  }
}

}  // namespace
}  // namespace assay::interchange
