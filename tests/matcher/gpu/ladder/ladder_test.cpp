// The measurement of the ladder on the fake runtime: rungs under the emulator are right, what is wrong gets no time.
#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "matcher/gpu/device/grid.hpp"
#include "matcher/gpu/device/launch.hpp"
#include "matcher/gpu/ladder/record.hpp"
#include "matcher/gpu/ladder/rungs.hpp"
#include "tests/matcher/gpu/ladder/ladder_case.hpp"

namespace matcher::gpu {
namespace {

void do_nothing(std::uint32_t*) {}

}  // namespace

// The rates' kernels are nvcc's alone.
DeviceStatus enqueue_rate(Operation, std::uint32_t* sink, cudaStream_t stream) {
  return check("launch", launch({}, stream, do_nothing, sink));
}

namespace {

using ::testing::HasSubstr;

TEST(Sample, NamesHaveTheLengthsOfTheirClass_AndSomePairsReachTheThreshold) {
  const Sample sample({.longest = 12, .left_rows = 50, .right_rows = 400, .listed_rows = 2});
  std::set<std::size_t> lengths;
  for (const auto& name : sample.left()) lengths.insert(name.size());
  EXPECT_EQ(lengths, (std::set<std::size_t>{9, 10, 11, 12}));
  EXPECT_TRUE(sample.alphabet().fits_five_bits());
  EXPECT_EQ(sample.listed_pairs().size(), 800u);
  const auto alike = [](PackedParts parts) { return unpack_parts(parts).distance <= 2; };
  EXPECT_GT(std::count_if(sample.parts().begin(), sample.parts().end(), alike), 0);
}

TEST(Ladder, EveryRung_IsRightUnderTheEmulator) {
  const fake::Runtime runtime(under_emulator());
  ResourceTracker tracker;
  const LadderResult result = measure_ladder(tracker, small({8, 32}), say_nothing);
  EXPECT_EQ(result.error, "");
  ASSERT_EQ(result.rungs.size(), 2u * 12);
  for (const RungResult& rung : result.rungs) {
    EXPECT_TRUE(rung.correct) << rung.name << ", " << rung.longest;
    ASSERT_TRUE(rung.times) << rung.name;
    EXPECT_EQ(rung.times->cold_ns.size(), 3u);
    EXPECT_EQ(rung.pairs, rung.name.substr(0, 5) == "block" ? 37u * 45 : 5u * 45) << rung.name;
  }
  EXPECT_EQ(tracker.leak_report(), "");
}

// What the rung before left in the results must not pass for an answer.
TEST(Ladder, KernelThatWritesNothing_IsWrongAndGetsNoTime) {
  const fake::Runtime runtime(with_idle_kernels());
  ResourceTracker tracker;
  const LadderResult result = measure_ladder(tracker, small({12}), say_nothing);
  ASSERT_EQ(result.rungs.size(), 12u);
  for (const RungResult& rung : result.rungs) {
    EXPECT_FALSE(rung.correct) << rung.name;
    EXPECT_FALSE(rung.times) << rung.name;
  }
}

TEST(Ladder, RightResults_AreForgottenBeforeTheNextRung) {
  const fake::Runtime runtime(under_emulator());
  ResourceTracker tracker;
  const auto stream = create_stream(tracker, "test");
  const Sample sample(small({}).shape);
  const auto ladder = Ladder::create(tracker, sample, stream->get());
  ASSERT_TRUE(ladder);
  for (const Rung& rung : ladder->rungs()) {
    ASSERT_TRUE(rung.run(stream->get(), rung.pairs));
    EXPECT_EQ(rung.is_right(stream->get(), rung.pairs), true) << rung.name;
    ASSERT_TRUE(rung.forget(stream->get()));
    EXPECT_EQ(rung.is_right(stream->get(), rung.pairs), false) << rung.name;
  }
}

TEST(Ladder, TimeIsUp_RungsAreCheckedOnly) {
  const fake::Runtime runtime(under_emulator());
  ResourceTracker tracker;
  LadderOptions options = small({12});
  options.time_in_all = {};
  for (const RungResult& rung : measure_ladder(tracker, options, say_nothing).rungs) {
    EXPECT_TRUE(rung.correct);
    EXPECT_FALSE(rung.times);
  }
}

TEST(Ladder, FailedCall_EndsItWithItsReasonAndLeavesNothing) {
  for (const std::size_t call : {1U, 9U, 40U, 90U}) {
    fake::Runtime runtime(with_idle_kernels());
    runtime.inject({.call = call, .code = cudaErrorMemoryAllocation});
    ResourceTracker tracker;
    EXPECT_THAT(measure_ladder(tracker, small({12}), say_nothing).error, HasSubstr("cudaErrorMemoryAllocation"));
    EXPECT_EQ(tracker.leak_report(), "");
    EXPECT_EQ(runtime.live(), 0u) << runtime.live_text();
  }
}

// Every cold sample lies behind a write over the cache; hot runs follow one another.
TEST(KernelTimer, ColdSamplesAreFlushed_HotRunsAreNot) {
  const fake::Runtime runtime(with_idle_kernels());
  ResourceTracker tracker;
  auto timer = KernelTimer::create(
      tracker, {.flushed_bytes = 64, .fewest_samples = 4, .most_samples = 4, .hot_time = std::chrono::seconds(1)});
  ASSERT_TRUE(timer);
  std::size_t runs = 0;
  const auto times = timer->time([&](cudaStream_t) {
    ++runs;
    return DeviceStatus{};
  });
  ASSERT_TRUE(times);
  EXPECT_EQ(runtime.count("cudaMemsetAsync"), 4u);
  EXPECT_EQ(runs, 1 + 4 + times->hot_runs);
}

TEST(LadderRecord, IsJsonOfItsSchema_WithNullForWhatWasNotTimed) {
  const fake::Runtime runtime(under_emulator());
  ResourceTracker tracker;
  LadderRecord record;
  record.machine.probe = probe_devices();
  record.options = small({12});
  record.options.sweep.pairs = {16};
  auto timer = KernelTimer::create(tracker, record.options.timer);
  record.rates = measure_rates(tracker, *timer).value();
  record.result = measure_ladder(tracker, record.options, say_nothing);
  record.result.rungs.front().times.reset();
  const std::string text = to_json(record);
  std::ofstream(std::string(ASSAY_BINARY_DIR) + "/gpu-ladder-of-the-fake.json") << text;  // for schema_test.py
  const auto json = nlohmann::json::parse(text);
  EXPECT_EQ(json.at("schema"), "assay-gpu-ladder/1");
  EXPECT_TRUE(json.at("rungs")[0].at("times").is_null());
  EXPECT_EQ(json.at("rungs")[1].at("times").at("cold_samples"), 3);
  EXPECT_EQ(json.at("rungs")[1].at("sizes")[0].at("pairs"), 16);
  EXPECT_EQ(json.at("rungs")[1].at("sizes")[0].at("cold_samples"), 3);
  EXPECT_TRUE(json.at("rungs")[1].at("half_performance_pairs").is_null());
}

}  // namespace
}  // namespace matcher::gpu
