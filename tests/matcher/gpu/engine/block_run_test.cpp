// Blocks through the fake device: right whatever the room for matches and the memory, and nothing left behind.
#include "matcher/gpu/engine/block_run.hpp"

#include <gmock/gmock.h>

#include "tests/matcher/gpu/engine/emulated_runtime.hpp"
#include "tests/matcher/gpu/engine/keyed_tables.hpp"

namespace matcher::gpu {
namespace {

struct Outcome {
  DeviceStatus status;
  PairSet pairs;
  bool twice = false;        // a pair was handed over twice
  bool wrong_parts = false;  // or not with the scores of the CPU
  BlockCounters counters;
  BlockRunReport report;
};

// Runs with faults and checks that nothing is left behind unreported.
Outcome run(const KeyedTables& tables, const BlockMatchOptions& options, fake::Options runtime_options,
            const std::vector<fake::Fault>& faults = {}) {
  Outcome outcome;
  fake::Runtime runtime(std::move(runtime_options));
  for (const fake::Fault& fault : faults) runtime.inject(fault);
  ResourceTracker tracker;
  {
    auto matcher = BlockMatcher::open(tracker, options);
    if (!matcher) {
      outcome.status = hand_on(matcher);
    } else {
      const auto take = [&](std::span<const ScoredPair> scored) {
        for (const ScoredPair& pair : scored) {
          outcome.twice |= !outcome.pairs.insert({pair.left, pair.right}).second;
          outcome.wrong_parts |= unpack_parts(pair.parts) != tables.parts(pair.left, pair.right);
        }
      };
      auto report = run_blocks(*matcher, {tables.left, tables.right, tables.rows}, take);
      if (report) outcome.report = *report;
      if (!report) outcome.status = hand_on(report);
      outcome.counters = matcher->counters();
    }
  }
  runtime.device.finish_all();
  EXPECT_TRUE(tracker.live().empty()) << tracker.leak_report();
  EXPECT_EQ(runtime.live(), tracker.failed_releases().size()) << runtime.live_text();
  EXPECT_FALSE(outcome.twice);
  EXPECT_FALSE(outcome.wrong_parts);
  return outcome;
}

// What the formulas accept of what was handed over is what they accept at all.
void expect_complete(const KeyedTables& tables, double percent, PairSet pairs, const std::string& name) {
  std::erase_if(pairs, [&](const auto& pair) { return !tables.reaches(percent, pair.first, pair.second); });
  EXPECT_EQ(pairs, tables.readable_that_reach(percent)) << name;
}

TEST(BlockRun, RandomTables_FindsWhatTheFormulasAccept) {
  for (const std::uint64_t seed : {1U, 2U}) {
    for (const std::uint64_t keys : {1U, 8U, 60U}) {
      const KeyedTables tables(90, keys, seed);
      for (const bool pruned : {false, true}) {
        for (const double percent : {0.0, 85.0, 92.5}) {
          const Outcome outcome = run(tables, {.least_percent = percent, .pruned = pruned}, emulated_options(seed));
          const std::string name = std::to_string(keys) + " keys, " + std::to_string(percent);
          ASSERT_TRUE(outcome.status) << outcome.status.error().message;
          expect_complete(tables, percent, outcome.pairs, name);
          EXPECT_EQ(outcome.counters.pairs, pairs_of(tables.rows.for_kernels));
          EXPECT_EQ(outcome.counters.matches, outcome.pairs.size());
          EXPECT_EQ(outcome.report.slices, 1U) << name << ": not all was resident";
          EXPECT_TRUE(pruned || outcome.counters.scored == outcome.counters.pairs);
          EXPECT_LE(outcome.counters.scored, outcome.counters.pairs);
        }
      }
    }
  }
}

TEST(BlockRun, PresenceOfLetters_SparesPairs) {
  const KeyedTables tables(90, 1, 3);
  const Outcome outcome = run(tables, {.least_percent = 92.5}, emulated_options(3));
  EXPECT_LT(outcome.counters.scored, outcome.counters.pairs);
}

TEST(BlockRun, SmallLaunches_FindTheSame) {
  const KeyedTables tables(90, 12, 4);
  const Outcome large = run(tables, {.least_percent = 85.0}, emulated_options(4));
  const Outcome small = run(tables, {.least_percent = 85.0, .most_pairs_per_launch = 100}, emulated_options(4));
  EXPECT_GT(small.counters.launches, 2 * large.counters.launches);
  EXPECT_EQ(small.pairs, large.pairs);
  EXPECT_EQ(small.report.slices, 1U);
}

TEST(BlockRun, TooLittleRoomForMatches_RunsAgainWithEnough) {
  const KeyedTables tables(90, 1, 5);
  const Outcome outcome = run(tables, {.least_percent = 0.0, .first_capacity = 1}, emulated_options(5));
  ASSERT_TRUE(outcome.status) << outcome.status.error().message;
  EXPECT_GT(outcome.counters.reruns, 0U);
  EXPECT_EQ(outcome.pairs.size(), pairs_of(tables.rows.for_kernels));
}

// With memory for the tables and the matches of one task, but not for those of a launch, among others.
TEST(BlockRun, NoMemoryForAllMatches_DividesTheLaunch) {
  const KeyedTables tables(150, 1, 6);
  const BlockMatchOptions matching{.least_percent = 0.0, .first_capacity = 1};
  const Outcome plenty = run(tables, matching, emulated_options(6));
  bool divided = false;
  for (std::size_t bytes = 24'000; bytes <= 60'000; bytes += 4'000) {
    fake::Options options = emulated_options(6);
    options.device_bytes = bytes;
    const Outcome outcome = run(tables, matching, options);
    ASSERT_TRUE(outcome.status) << bytes << ": " << outcome.status.error().message;
    EXPECT_EQ(outcome.pairs.size(), pairs_of(tables.rows.for_kernels)) << bytes;
    divided |= outcome.report.halvings == 0 && outcome.counters.launches > plenty.counters.launches;
  }
  EXPECT_TRUE(divided);
}

TEST(BlockRun, MoreMatchesThanMayBeHeld_DividesTheLaunch) {
  const KeyedTables tables(150, 1, 6);
  const Outcome plenty = run(tables, {.least_percent = 0.0, .first_capacity = 1}, emulated_options(6));
  const Outcome held =
      run(tables, {.least_percent = 0.0, .first_capacity = 1, .most_capacity = 1}, emulated_options(6));
  ASSERT_TRUE(held.status) << held.status.error().message;
  EXPECT_GT(held.counters.launches, plenty.counters.launches);
  EXPECT_EQ(held.pairs, plenty.pairs);
}

TEST(BlockRun, SmallDevice_TakesThePiecesThatFit) {
  for (const std::uint64_t keys : {1U, 40U}) {
    const KeyedTables tables(150, keys, 7);
    fake::Options options = emulated_options(7);
    options.device_bytes = 12'000;
    const Outcome outcome = run(tables, {.least_percent = 85.0}, options);
    ASSERT_TRUE(outcome.status) << outcome.status.error().message;
    EXPECT_GT(outcome.report.halvings, 0U);
    EXPECT_GT(outcome.report.slices, 1U);
    expect_complete(tables, 85.0, outcome.pairs, std::to_string(keys) + " keys");
  }
}

TEST(BlockRun, DeviceWithoutAnyRoom_IsOutOfMemory) {
  fake::Options options = emulated_options(8);
  options.device_bytes = 100;
  const Outcome outcome = run(KeyedTables(20, 1, 8), {.least_percent = 85.0}, options);
  ASSERT_FALSE(outcome.status);
  EXPECT_EQ(outcome.status.error().failure, DeviceFailure::kOutOfMemory);
  EXPECT_TRUE(outcome.pairs.empty());
}

TEST(BlockRun, AnyAllocationFindsNoMemory_LosesNothing) {
  const KeyedTables tables(60, 4, 9);
  const BlockMatchOptions matching{.least_percent = 0.0, .most_pairs_per_launch = 200, .first_capacity = 1};
  fake::Options options = emulated_options(9);
  std::size_t survived = 0;
  for (std::size_t n = 1; n <= 12; ++n) {
    const fake::Fault fault{.name = "cudaMalloc", .occurrence = n, .code = cudaErrorMemoryAllocation};
    const Outcome outcome = run(tables, matching, options, {fault});
    ASSERT_TRUE(outcome.status) << n << ": " << outcome.status.error().message;
    EXPECT_EQ(outcome.pairs.size(), pairs_of(tables.rows.for_kernels)) << n;
    survived += outcome.report.halvings + outcome.counters.reruns;
  }
  EXPECT_GT(survived, 0U);
}

// Neither for more matches nor for as many as there was room for before: the launch is divided, not the slice.
TEST(BlockRun, TwoAllocationsInARowFindNoMemory_LosesNothing) {
  const KeyedTables tables(150, 1, 9);
  const BlockMatchOptions matching{.least_percent = 0.0, .first_capacity = 2350};
  const auto fails = [](std::size_t occurrence) {
    return fake::Fault{.name = "cudaMalloc", .occurrence = occurrence, .code = cudaErrorMemoryAllocation};
  };
  const Outcome outcome = run(tables, matching, emulated_options(9), {fails(3), fails(4)});
  ASSERT_TRUE(outcome.status) << outcome.status.error().message;
  EXPECT_EQ(outcome.pairs.size(), pairs_of(tables.rows.for_kernels));
  EXPECT_GT(outcome.counters.reruns, 0U);
  EXPECT_EQ(outcome.report.halvings, 0U);
}

// The slice cannot be tried again: part of it has been handed over.
TEST(BlockRun, MemoryThatRunsOutUnderWay_IsAnErrorAndNothingComesTwice) {
  const KeyedTables tables(60, 6, 13);
  const fake::Fault fault{.name = "cudaLaunchKernel", .occurrence = 3, .code = cudaErrorMemoryAllocation};
  const Outcome outcome =
      run(tables, {.least_percent = 0.0, .most_pairs_per_launch = 100}, emulated_options(13), {fault});
  ASSERT_FALSE(outcome.status);
  EXPECT_EQ(outcome.status.error().failure, DeviceFailure::kOutOfMemory);
  EXPECT_FALSE(outcome.pairs.empty());
}

TEST(BlockRun, AnyCallFails_IsAnErrorOrRight) {
  const KeyedTables tables(50, 3, 10);
  const BlockMatchOptions matching{.least_percent = 85.0, .most_pairs_per_launch = 300, .first_capacity = 1};
  std::size_t calls = 0;
  {
    fake::Runtime runtime(emulated_options(10));
    ResourceTracker tracker;
    auto matcher = BlockMatcher::open(tracker, matching).value();
    ASSERT_TRUE(run_blocks(matcher, {tables.left, tables.right, tables.rows}, [](auto) {}));
    calls = runtime.counted_calls();
  }
  ASSERT_GT(calls, 20U);
  std::size_t errors = 0;
  for (std::size_t n = 1; n <= calls; ++n) {
    const Outcome outcome = run(tables, matching, emulated_options(n), {{.call = n, .code = cudaErrorUnknown}});
    if (outcome.status) expect_complete(tables, 85.0, outcome.pairs, "call " + std::to_string(n));
    errors += outcome.status ? 0U : 1U;
  }
  EXPECT_GT(errors, calls / 2);
}

TEST(BlockRun, DeviceLostAtAnyCall_IsSaidSo) {
  const KeyedTables tables(50, 3, 11);
  for (std::size_t n = 1; n <= 40; n += 3) {
    const fake::Fault fault{.call = n, .code = cudaErrorECCUncorrectable, .lose_device = true};
    const Outcome outcome =
        run(tables, {.least_percent = 85.0, .most_pairs_per_launch = 300}, emulated_options(n), {fault});
    if (outcome.status) continue;
    EXPECT_EQ(outcome.status.error().failure, DeviceFailure::kDeviceLost) << n;
  }
}

TEST(BlockRun, Pairs_AreTakenWhileTheDeviceWorksOnTheNextLaunch) {
  const KeyedTables tables(60, 4, 14);
  fake::Runtime runtime(emulated_options(14));
  ResourceTracker tracker;
  auto matcher = BlockMatcher::open(tracker, {.least_percent = 0.0, .most_pairs_per_launch = 200}).value();
  std::size_t taken = 0;
  std::size_t under_way = 0;
  const auto take = [&](std::span<const ScoredPair>) {
    ++taken;
    under_way += runtime.queued() > 0 ? 1U : 0U;
  };
  ASSERT_TRUE(run_blocks(matcher, {tables.left, tables.right, tables.rows}, take));
  ASSERT_GT(taken, 3U);
  EXPECT_EQ(under_way, taken - 1);  // nothing follows the last one
}

TEST(BlockRun, TakingThrows_LeavesNothingUnderWay) {
  const KeyedTables tables(60, 4, 15);
  fake::Runtime runtime(emulated_options(15));
  ResourceTracker tracker;
  {
    auto matcher = BlockMatcher::open(tracker, {.least_percent = 0.0, .most_pairs_per_launch = 200}).value();
    const BlockRun job{tables.left, tables.right, tables.rows};
    const auto take = [](std::span<const ScoredPair>) { throw std::runtime_error("no more"); };
    EXPECT_THROW(static_cast<void>(run_blocks(matcher, job, take)), std::runtime_error);
    EXPECT_EQ(runtime.records().launches.size(), 2U);
    EXPECT_EQ(runtime.queued(), 0U);
  }
  EXPECT_EQ(runtime.live(), 0U) << runtime.live_text();
}

TEST(BlockRun, BeforeLaunch_IsCalledBetweenLaunchesAndMayThrow) {
  const KeyedTables tables(60, 4, 12);
  fake::Runtime runtime(emulated_options(12));
  ResourceTracker tracker;
  {
    auto matcher = BlockMatcher::open(tracker, {.least_percent = 85.0, .most_pairs_per_launch = 200}).value();
    int calls = 0;
    matcher.before_launch = [&](std::uint64_t done) {
      EXPECT_EQ(runtime.queued(), 0U);
      EXPECT_EQ(done == 0, calls == 0);
      if (++calls == 4) throw std::runtime_error("stop");
    };
    const BlockRun job{tables.left, tables.right, tables.rows};
    EXPECT_THROW(static_cast<void>(run_blocks(matcher, job, [](auto) {})), std::runtime_error);
    EXPECT_EQ(runtime.records().launches.size(), 3U);
  }
  EXPECT_EQ(runtime.live(), 0U) << runtime.live_text();
}

}  // namespace
}  // namespace matcher::gpu
