// Grids, blocks, shared memory, and what the emulator says about kernels that would hang.
#include "matcher/gpu/emulator/emulator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "matcher/gpu/emulator/arithmetic.hpp"
#include "matcher/gpu/emulator/intrinsics.hpp"

namespace matcher::gpu {
namespace {

using emulator::EmulatorError;
using emulator::run_grid;

std::string error_of(emulator::Dim3 block, const std::function<void()>& body) {
  try {
    run_grid({2}, block, 0, body);
  } catch (const EmulatorError& error) {
    return error.what();
  }
  return "no error";
}

TEST(RunGrid, ThreeDimensions_EveryThread_RunsOnceWithItsIndex) {
  std::set<std::tuple<unsigned, unsigned, unsigned, unsigned, unsigned, unsigned>> seen;
  std::size_t runs = 0;
  run_grid({2, 3, 2}, {4, 2, 3}, 0,
           [&] {
             ++runs;
             EXPECT_EQ(gridDim.x * gridDim.y * gridDim.z, 12U);
             EXPECT_EQ(blockDim.x * blockDim.y * blockDim.z, 24U);
             seen.emplace(blockIdx.x, blockIdx.y, blockIdx.z, threadIdx.x, threadIdx.y, threadIdx.z);
           },
           {1, true, true});
  EXPECT_EQ(runs, 12U * 24U);
  EXPECT_EQ(seen.size(), 12U * 24U);
}

TEST(RunGrid, LaneThatSleeps_MovesTheClockAndLetsTheHostAct) {
  int acts = 0;
  std::vector<std::uint64_t> times;
  emulator::EmulatorOptions options;
  options.while_asleep = [&acts] { ++acts; };
  for (int grid = 0; grid < 2; ++grid) {
    run_grid(
        {1}, {1}, 0,
        [&] {
          times.push_back(emulator::device_nanoseconds());
          __nanosleep(300);
          __nanosleep(200);
          times.push_back(emulator::device_nanoseconds());
        },
        options);
  }
  EXPECT_EQ(times, (std::vector<std::uint64_t>{0, 500, 0, 500})) << "every grid starts anew";
  EXPECT_EQ(acts, 4);
}

std::vector<unsigned> order(const emulator::EmulatorOptions& options) {
  std::vector<unsigned> order;
  run_grid(
      {8}, {16}, 0, [&] { order.push_back(blockIdx.x * blockDim.x + threadIdx.x); }, options);
  return order;
}

TEST(RunGrid, Order_IsDrawnFromTheSeed) {
  const std::vector<unsigned> ascending = order({});
  EXPECT_TRUE(std::is_sorted(ascending.begin(), ascending.end()));
  EXPECT_EQ(order({1, true, true}), order({1, true, true}));
  EXPECT_NE(order({1, true, true}), order({2, true, true}));
  EXPECT_NE(order({1, true, false}), order({}));
  EXPECT_NE(order({1, false, true}), order({}));
}

TEST(SharedMemory, EveryBlock_StartsPoisonedAndIsSharedByItsThreads) {
  run_grid({3}, {64}, 64 * sizeof(unsigned),
           [] {
             static const char key = 0;
             unsigned(&fixed)[64] = emulator::shared_array<unsigned, 64>(&key);
             auto* dynamic = reinterpret_cast<unsigned*>(emulator::current_block().dynamic_shared());
             const unsigned i = threadIdx.x;
             EXPECT_EQ(fixed[i], 0xA5A5A5A5U);
             EXPECT_EQ(dynamic[i], 0xA5A5A5A5U);
             __syncthreads();
             fixed[i] = i;
             dynamic[i] = 2 * i;
             __syncthreads();
             EXPECT_EQ(fixed[63 - i], 63 - i);
             EXPECT_EQ(dynamic[63 - i], 2 * (63 - i));
           },
           {7, true, true});
}

TEST(BlockBarrier, ExitedThreads_AreNotWaitedFor) {
  unsigned passed = 0;
  run_grid({}, {64}, 0, [&] {
    if (threadIdx.x >= 10) return;
    __syncthreads();
    atomicAdd(&passed, 1U);
  });
  EXPECT_EQ(passed, 10U);
}

TEST(Deadlock, LaneThatNeverArrives_IsReportedWithWhoWaitsWhere) {
  const std::string error = error_of({64}, [] {
    if (threadIdx.x == 5) {
      __syncthreads();
    } else {
      __syncwarp();
      __syncthreads();
    }
  });
  EXPECT_THAT(error, testing::HasSubstr("deadlock in block (0, 0, 0)"));
  EXPECT_THAT(error, testing::HasSubstr("thread 0 waits in __syncwarp"));
}

TEST(Deadlock, DifferentMasksOrOperations_DoNotMeet) {
  const auto two_masks = [] {
    __syncwarp(threadIdx.x < 2 ? 0x3U : 0xffffffffU);
    __syncthreads();
  };
  EXPECT_THAT(error_of({32}, two_masks), testing::HasSubstr("thread 0 waits in __syncthreads, thread 1 waits in"));
  EXPECT_THAT(error_of({3}, [] { __syncwarp(threadIdx.x == 1 ? 0x3U : 0x7U); }), testing::HasSubstr("3 threads wait"));
  const auto two_operations = [] {
    if (threadIdx.x == 0) __syncwarp();
    if (threadIdx.x == 1) __ballot_sync(0xffffffffU, 1);
  };
  EXPECT_THAT(error_of({2}, two_operations), testing::HasSubstr("thread 1 waits in __ballot_sync"));
}

TEST(RunGrid, BodyThrows_IsRethrownAndTheNextGridRuns) {
  const auto kernel = [] {
    __syncthreads();
    if (threadIdx.x == 3) throw std::out_of_range("thread 3");
    __syncthreads();
  };
  EXPECT_THROW(run_grid({2}, {32}, 0, kernel), std::out_of_range);
  unsigned runs = 0;
  run_grid({}, {32}, 0, [&] { ++runs; });
  EXPECT_EQ(runs, 32U);
}

TEST(RunGrid, InsideAGrid_IsAnError) {
  run_grid({}, {1}, 0, [] { EXPECT_THROW(run_grid({}, {1}, 0, [] {}), EmulatorError); });
}

}  // namespace
}  // namespace matcher::gpu
