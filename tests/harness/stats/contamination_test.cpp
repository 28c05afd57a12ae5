// When a run counts as contaminated: each threshold from both sides, and recorded evidence of real runs.
#include "harness/stats/contamination.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

namespace assay::stats {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::int64_t kMillisecond = 1'000'000;

// A clean sample of 6 ms.
SampleEvidence clean() {
  SampleEvidence sample;
  sample.run_queue_wait_ns = 2000;
  sample.major_faults = 0;
  sample.window_ns = 6 * kMillisecond;
  sample.steal_ns = 0;
  sample.cpu_stall_ns = 0;
  sample.memory_stall_ns = 0;
  return sample;
}

// `odd` of `all` samples are as given, the others clean.
std::vector<SampleEvidence> samples(std::size_t all, std::size_t odd, const SampleEvidence& other) {
  std::vector<SampleEvidence> result(all, clean());
  for (std::size_t i = 0; i < odd; ++i) result[i * all / std::max<std::size_t>(1, odd)] = other;
  return result;
}

SampleEvidence waiting(std::int64_t nanoseconds) {
  SampleEvidence sample = clean();
  sample.run_queue_wait_ns = nanoseconds;
  return sample;
}

std::vector<std::string> reasons(const std::vector<SampleEvidence>& evidence, const std::vector<double>& control = {}) {
  return judge_contamination(evidence, control).reasons;
}

TEST(JudgeContamination, QuietSamples_AreClean) {
  const Contamination judged = judge_contamination(samples(60, 0, clean()), {});
  EXPECT_THAT(judged.reasons, IsEmpty());
  EXPECT_FALSE(judged.contaminated());
  EXPECT_EQ(judged.disturbed, 0u);
  EXPECT_NEAR(judged.wait_share.value(), 2.0 / 6000, 1e-9);
}

TEST(JudgeContamination, HalfOfTheSamplesWaiting_IsClean_OneMoreIsNot) {
  const SampleEvidence long_wait = waiting(3 * kMillisecond);
  EXPECT_THAT(reasons(samples(60, 30, long_wait)), IsEmpty());
  EXPECT_THAT(reasons(samples(60, 31, long_wait)), ElementsAre(HasSubstr("31 of 60 samples were disturbed")));
}

TEST(JudgeContamination, ManyWaitsThatAreShort_AreClean) {
  EXPECT_THAT(reasons(samples(60, 60, waiting(kMillisecond * 59 / 100))), IsEmpty());  // 9.8 % of 6 ms
  EXPECT_THAT(reasons(samples(60, 60, waiting(kMillisecond * 61 / 100))), testing::SizeIs(1));
}

TEST(JudgeContamination, WhateverDisturbsAPair_DisturbsASample) {
  const auto disturbed = [](auto spoil) {
    SampleEvidence sample = clean();
    spoil(sample);
    return judge_contamination(samples(20, 3, sample), {}).disturbed;
  };
  EXPECT_EQ(disturbed([](SampleEvidence&) {}), 0u);
  EXPECT_EQ(disturbed([](SampleEvidence& s) { s.run_queue_wait_ns = 100'001; }), 3u);
  EXPECT_EQ(disturbed([](SampleEvidence& s) { s.involuntary_switches = 1; }), 3u);
  EXPECT_EQ(disturbed([](SampleEvidence& s) { s.major_faults = 1; }), 3u);
  EXPECT_EQ(disturbed([](SampleEvidence& s) { s.steal_ns = 10 * kMillisecond; }), 3u);
  EXPECT_EQ(disturbed([](SampleEvidence& s) {
              s.run_queue_wait_ns = 200'000;
              s.window_ns = 20 * kMillisecond;  // 1 % of it
            }),
            0u);
}

TEST(JudgeContamination, Steal_NeedsAShareAndSomeTicks) {
  SampleEvidence stolen = clean();
  stolen.steal_ns = 10 * kMillisecond;
  EXPECT_THAT(reasons(samples(200, 5, stolen)), IsEmpty());  // 50 ms of 1.2 s: 4 %
  EXPECT_THAT(reasons(samples(100, 5, stolen)), ElementsAre(HasSubstr("hypervisor")));
  EXPECT_THAT(reasons(samples(30, 4, stolen)), IsEmpty());  // 22 %, but four ticks only
}

TEST(JudgeContamination, MemoryStall_Contaminates) {
  SampleEvidence stalled = clean();
  stalled.memory_stall_ns = kMillisecond * 7 / 10;
  EXPECT_THAT(reasons(samples(30, 30, stalled)), ElementsAre(HasSubstr("waited for memory")));
}

TEST(JudgeContamination, CpuStall_CountsOnlyWhereNoWaitIsKnown) {
  SampleEvidence stalled = clean();
  stalled.cpu_stall_ns = 5 * kMillisecond;
  EXPECT_THAT(reasons(samples(30, 30, stalled)), IsEmpty());
  stalled.run_queue_wait_ns.reset();
  EXPECT_THAT(reasons(samples(30, 30, stalled)), ElementsAre(HasSubstr("waited for a processor")));
  EXPECT_FALSE(judge_contamination(samples(30, 30, stalled), {}).disturbed);
}

TEST(JudgeContamination, NothingKnown_IsCleanWithoutFigures) {
  const Contamination judged = judge_contamination(std::vector<SampleEvidence>(30, SampleEvidence{}), {});
  EXPECT_FALSE(judged.contaminated());
  EXPECT_FALSE(judged.wait_share || judged.steal_share || judged.cpu_stall_share || judged.memory_stall_share);
}

TEST(JudgeContamination, ControlThatDiffersFromItself_Contaminates) {
  EXPECT_THAT(reasons(samples(30, 0, clean()), std::vector<double>(20, 0.015)), IsEmpty());
  EXPECT_THAT(reasons(samples(30, 0, clean()), std::vector<double>(20, 0.05)), ElementsAre(HasSubstr("1.051 times")));
  EXPECT_THAT(reasons(samples(30, 0, clean()), std::vector<double>(20, -0.05)), ElementsAre(HasSubstr("0.951 times")));
}

// Evidence recorded by tests/noise/contamination_rates.py: one line per sample of A/A runs.
std::map<std::string, std::map<int, std::vector<SampleEvidence>>> recorded() {
  std::ifstream file(std::string(ASSAY_SOURCE_DIR) + "/tests/harness/stats/recorded_evidence.csv");
  std::map<std::string, std::map<int, std::vector<SampleEvidence>>> runs;
  std::string line;
  std::getline(file, line);
  EXPECT_EQ(line,
            "regime,seed,arm,window_ns,run_queue_wait_ns,involuntary_switches,major_faults,steal_ns,cpu_stall_ns,"
            "memory_stall_ns");
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    std::string regime, seed, arm, number;
    std::getline(fields, regime, ',');
    std::getline(fields, seed, ',');
    std::getline(fields, arm, ',');
    std::vector<std::optional<std::int64_t>> figures;
    while (std::getline(fields, number, ',')) {
      figures.push_back(number.empty() ? std::nullopt : std::optional<std::int64_t>(std::stoll(number)));
    }
    figures.resize(7);
    runs[regime][std::stoi(seed)].push_back({figures[0].value_or(0), figures[1], figures[2].value_or(0),
                                             figures[3].value_or(0), figures[4], figures[5], figures[6]});
  }
  return runs;
}

TEST(JudgeContamination, RecordedRuns_HogsAreFoundAndIdleOnesAreClean) {
  const auto runs = recorded();
  ASSERT_GE(runs.at("idle").size(), 5u);
  ASSERT_GE(runs.at("hog").size(), 5u);
  for (const auto& [seed, samples] : runs.at("idle")) {
    EXPECT_THAT(judge_contamination(samples, {}).reasons, IsEmpty()) << "idle, seed " << seed;
  }
  for (const auto& [seed, samples] : runs.at("hog")) {
    EXPECT_TRUE(judge_contamination(samples, {}).contaminated()) << "hog, seed " << seed;
  }
}

}  // namespace
}  // namespace assay::stats
