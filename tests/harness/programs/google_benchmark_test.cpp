// What a Google Benchmark program prints, read as a time or as the reason why there is none.
#include "harness/programs/google_benchmark.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "tests/harness/core/temporary_folder.hpp"

namespace assay::programs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::atomic<bool> never{false};

std::string document(const std::string& rows) {
  return "{\n  \"context\": {},\n  \"benchmarks\": [" + rows + "]\n}\n";
}

std::string row(const std::string& more) {
  return R"({"name": "a", "run_type": "iteration", "iterations": 7, "time_unit": "us", )" + more + "}";
}

TEST(FilterOf, EveryName_FitsItselfAndNothingElse) {
  for (const char* const name :
       {"sort", "sort/8", "a.b<x>(1+1)/8", "b|c", "[x]", "{2}", "a*", "^$", "back\\slash", "q?"}) {
    EXPECT_TRUE(std::regex_search(name, std::regex(filter_of(name)))) << name;
    EXPECT_FALSE(std::regex_search(std::string(name) + "0", std::regex(filter_of(name)))) << name;
    EXPECT_FALSE(std::regex_search("0" + std::string(name), std::regex(filter_of(name)))) << name;
  }
  EXPECT_FALSE(std::regex_search("aXb", std::regex(filter_of("a.b"))));
}

TEST(ReadSample, Repetitions_AreAveragedWithoutAggregates) {
  const BenchmarkSample sample = read_sample(document(
      row(R"("real_time": 2, "cpu_time": 1)") + "," + row(R"("real_time": 4, "cpu_time": 2)") +
      R"(, {"name": "a_mean", "run_type": "aggregate", "iterations": 2, "time_unit": "us", "real_time": 99, "cpu_time": 99})"));
  EXPECT_EQ(sample.failure, "");
  EXPECT_DOUBLE_EQ(sample.real_ns, 3000);
  EXPECT_DOUBLE_EQ(sample.cpu_ns, 1500);
  EXPECT_EQ(sample.iterations, 7U);
}

TEST(ReadSample, LinesOfTheProgramItself_AreSkipped) {
  const BenchmarkSample sample = read_sample("loading {tables}\n" + document(row(R"("real_time": 2, "cpu_time": 1)")));
  EXPECT_EQ(sample.failure, "");
  EXPECT_DOUBLE_EQ(sample.real_ns, 2000);
}

TEST(ReadSample, NoTime_HasAReason) {
  EXPECT_THAT(read_sample(document(row(
                              R"("real_time": 0, "cpu_time": 0, "error_occurred": true, "error_message": "no table")")))
                  .failure,
              HasSubstr("no table"));
  EXPECT_THAT(
      read_sample(document(row(R"("real_time": 0, "cpu_time": 0, "skipped": "x", "skip_message": "no GPU")"))).failure,
      HasSubstr("no GPU"));
  EXPECT_THAT(read_sample(document("")).failure, HasSubstr("no time"));
  EXPECT_THAT(read_sample(document(row(R"("real_time": 0, "cpu_time": 0)"))).failure, HasSubstr("not positive"));
  EXPECT_THAT(read_sample(document(row(R"("cpu_time": 0)"))).failure, HasSubstr("real_time"));
  for (const char* const text : {"", "usage: sort [FILE]", "{}", "{\n", "[1]"}) {
    EXPECT_THAT(read_sample(text).failure, HasSubstr("did not print the JSON of Google Benchmark")) << text;
  }
}

// A stand-in for version 1.8, which takes fixed iterations.
std::string script(const testing::TemporaryFolder& folder, const std::string& body) {
  const auto file = folder.write("bench", "#!/bin/sh\n" + body);
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  return file.string();
}

TEST(BenchmarkProgram, Options_AreThoseOfGoogleBenchmark) {
  const testing::TemporaryFolder folder;
  const std::string log = (folder / "log").string();
  const auto program = BenchmarkProgram::open(
      script(folder, "echo \"$@\" >> '" + log +
                         "'; case \"$*\" in *list*) echo a/8; echo b; exit;; esac; printf '{\\n\"benchmarks\": "
                         "[{\"iterations\": 1, \"real_time\": 5, \"cpu_time\": 4}]}'"),
      std::chrono::seconds(60));
  ASSERT_TRUE(program) << program.error().message;
  EXPECT_THAT(program->list("x|y", never).value(), ElementsAre("a/8", "b"));
  EXPECT_TRUE(program->takes_iterations("a/8", never).value());
  EXPECT_DOUBLE_EQ(program->run("b", {1234, 0, true}, 0, never)->real_ns, 5);
  EXPECT_EQ(program->run("b", {std::nullopt, 0.02, true}, 0, never)->iterations, 1U);
  EXPECT_EQ(program->run("b", {std::nullopt, 0.02, false}, 0, never)->iterations, 1U);
  std::ifstream stream(log);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(stream), {}),
            "--benchmark_list_tests=true --benchmark_filter=x|y\n"
            "--benchmark_filter=^a/8$ --benchmark_format=json --benchmark_min_time=1x\n"
            "--benchmark_filter=^b$ --benchmark_format=json --benchmark_min_time=1234x\n"
            "--benchmark_filter=^b$ --benchmark_format=json --benchmark_min_time=0.02s\n"
            "--benchmark_filter=^b$ --benchmark_format=json --benchmark_min_time=0.02\n");
}

TEST(BenchmarkProgram, WhatIsNone_IsRefusedOrHasNoTime) {
  const testing::TemporaryFolder folder;
  const auto silent = BenchmarkProgram::open(script(folder, "exit 0"), std::chrono::seconds(60)).value();
  EXPECT_THAT(silent.list("", never).error().message, HasSubstr("lists no benchmark"));
  const auto failing =
      BenchmarkProgram::open(script(folder, "echo unknown option >&2; exit 2"), std::chrono::seconds(60)).value();
  EXPECT_THAT(failing.list("", never).error().message, HasSubstr("exited with 2: unknown option"));
  EXPECT_THAT(failing.run("a", {}, 0, never)->failure, HasSubstr("exited with 2: unknown option"));
  EXPECT_FALSE(failing.takes_iterations("a", never).value());
  const auto missing = BenchmarkProgram::open((folder / "absent").string(), std::chrono::seconds(60));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::kUsage);
}

}  // namespace
}  // namespace assay::programs
