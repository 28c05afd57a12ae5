// Every variant of the ladder and every axis on the CPU: kernels under the emulator, the CUDA runtime a fake one that
// records. Their answers are those of the CPU variant, and the counts that claims are about are exact.
#include <gmock/gmock.h>

#include <algorithm>

#include "plugins/gpu/fused_persistent.hpp"
#include "tests/plugins/gpu/emulated_variant.hpp"

namespace assay::gpu {
namespace {

using namespace matcher::gpu;

template <class Variant>
class PairVariantTest : public testing::Test {};
using Variants = testing::Types<
    Small<FourKernels, AuditedAxes>, Small<Fused, AuditedAxes>, Small<FusedSharedRow, AuditedAxes>,
    Small<BitParallel64, AuditedAxes>, Small<BitParallel32, AuditedAxes>, Small<WarpPerPair, AuditedAxes>,
    Small<FusedOffsets, AuditedAxes>, Small<FusedRows64, AuditedAxes>, Small<FusedRows32, AuditedAxes>,
    Small<BitParallel32Rows32, AuditedAxes>, Small<Fused, HostMemoryAxis<HostMemoryChoice::kPinnedPool>>,
    Small<Fused, HostMemoryAxis<HostMemoryChoice::kRegistered>>,
    Small<Fused, HostMemoryAxis<HostMemoryChoice::kManaged>>, Small<Fused, DeviceBufferAxis<DeviceBufferChoice::kPool>>,
    Small<Fused, DeviceBufferAxis<DeviceBufferChoice::kStreamOrdered>>, Small<Fused, StreamsAxis<3>>,
    Small<Fused, WaitAxis<WaitChoice::kPolling>>, Small<Fused, WaitAxis<WaitChoice::kBlockingEvent>>,
    Small<Fused, SubmissionAxis<SubmissionChoice::kGraph>>, Small<Fused, GridAxis<GridChoice::kOccupancy>>,
    Small<FusedPersistent, AuditedAxes>, Small<Fused, GridAxis<GridChoice::kTuned>>,
    Small<BitParallel32Rows32, GridAxis<GridChoice::kTuned>>, Small<Fused, RememberedGrid>>;
TYPED_TEST_SUITE(PairVariantTest, Variants);

TYPED_TEST(PairVariantTest, RandomPeople_AreScoredAsOnTheCpu) {
  for (const std::uint64_t seed : {1U, 2U}) {
    for (const char* const threshold : {"90", "70", "0"}) {
      const test::PeopleTable left("left", test::random_people(60, seed));
      const test::PeopleTable right("right", test::random_people(70, seed));
      const test::CountingHost cpu, gpu;
      const fake::Runtime runtime(emulated_options(seed));
      std::string leaks;
      EXPECT_EQ(test::answer<TypeParam>(left, right, threshold, gpu, &leaks),
                test::answer<OnCpu>(left, right, threshold, cpu))
          << "seed " << seed << ", threshold " << threshold;
      EXPECT_EQ(gpu.count(ASSAY_COUNTER_CANDIDATES), cpu.count(ASSAY_COUNTER_CANDIDATES));
      EXPECT_EQ(leaks, "");
      EXPECT_EQ(runtime.live(), 0U) << runtime.live_text();
    }
  }
}

TYPED_TEST(PairVariantTest, NobodyInCommon_IsAnEmptyAnswer) {
  const test::PeopleTable left("left", {{"ann", "lee", 1}});
  const test::PeopleTable right("right", {{"ann", "lee", 2}});
  const test::CountingHost host;
  const fake::Runtime runtime(emulated_options(1));
  EXPECT_TRUE(test::answer<TypeParam>(left, right, "0", host).empty());
}

// T1-GPU-01, "launches -75 %": exactly, for any number of tiles.
TEST(PairVariants, FourKernelsBecomeOneLaunch) {
  const test::PeopleTable left("left", test::random_people(60, 3));
  const test::PeopleTable right("right", test::random_people(60, 3));
  const test::CountingHost four, one;
  const fake::Runtime runtime(emulated_options(3));
  test::answer<Small<FourKernels, AuditedAxes>>(left, right, "90", four);
  const std::size_t launches_of_four = runtime.records().launches.size();
  test::answer<Small<Fused, AuditedAxes>>(left, right, "90", one);
  const std::size_t launches_of_one = runtime.records().launches.size() - launches_of_four;
  EXPECT_GT(launches_of_one, 2U);
  EXPECT_EQ(launches_of_four, 4 * launches_of_one);
  EXPECT_EQ(four.count(ASSAY_COUNTER_KERNEL_LAUNCHES), launches_of_four);
  EXPECT_EQ(one.count(ASSAY_COUNTER_KERNEL_LAUNCHES), launches_of_one);
  EXPECT_EQ(four.count(ASSAY_COUNTER_BYTES_FROM_DEVICE), 4 * one.count(ASSAY_COUNTER_BYTES_FROM_DEVICE));
  EXPECT_EQ(four.count(ASSAY_COUNTER_BYTES_TO_DEVICE), one.count(ASSAY_COUNTER_BYTES_TO_DEVICE));
}

TEST(PairVariants, Graph_IsOneLaunchPerTileHoweverManyKernelsItHolds) {
  const test::PeopleTable left("left", test::random_people(60, 8));
  const test::PeopleTable right("right", test::random_people(60, 8));
  const test::CountingHost host;
  const fake::Runtime runtime(emulated_options(8));
  test::answer<Small<FourKernels, SubmissionAxis<SubmissionChoice::kGraph>>>(left, right, "90", host);
  const auto launched =
      static_cast<std::uint64_t>(std::ranges::count(runtime.records().launches, false, &fake::LaunchRecord::captured));
  EXPECT_EQ(host.count(ASSAY_COUNTER_KERNEL_LAUNCHES), launched + runtime.count("cudaGraphLaunch"));
  EXPECT_GT(runtime.count("cudaGraphLaunch"), 2U);
}

TEST(PairVariants, PooledBuffers_AllocateOnceAndNotPerTile) {
  const test::PeopleTable left("left", test::random_people(60, 4));
  const test::PeopleTable right("right", test::random_people(60, 4));
  const test::CountingHost host;
  const fake::Runtime runtime(emulated_options(4));
  test::answer<Small<Fused, AuditedAxes>>(left, right, "90", host);
  const std::size_t per_tile = runtime.count("cudaMalloc");
  test::answer<Small<Fused, DeviceBufferAxis<DeviceBufferChoice::kPool>>>(left, right, "90", host);
  const std::size_t pooled = runtime.count("cudaMalloc") - per_tile;
  EXPECT_EQ(host.count(ASSAY_COUNTER_DEVICE_ALLOCATIONS), per_tile + pooled);
  EXPECT_GT(per_tile, 8U);
  EXPECT_LE(pooled, 4U) << "two blocks for each of two tiles in flight";
}

// Hit rates of pools: every request that is no hit is an allocation, and without a pool every request is one.
TEST(PairVariants, PooledBuffers_CountRequestsAndHits) {
  const test::PeopleTable left("left", test::random_people(60, 4));
  const test::PeopleTable right("right", test::random_people(60, 4));
  const test::CountingHost per_tile, pooled;
  const fake::Runtime runtime(emulated_options(4));
  test::answer<Small<Fused, AuditedAxes>>(left, right, "90", per_tile);
  test::answer<Small<Fused, DeviceBufferAxis<DeviceBufferChoice::kPool>>>(left, right, "90", pooled);
  EXPECT_EQ(per_tile.cache(), std::pair(0UL, 0UL)) << "keeps nothing";
  EXPECT_EQ(pooled.count(ASSAY_COUNTER_CACHE_REQUESTS), per_tile.count(ASSAY_COUNTER_DEVICE_ALLOCATIONS));
  EXPECT_EQ(pooled.count(ASSAY_COUNTER_CACHE_REQUESTS) - pooled.count(ASSAY_COUNTER_CACHE_HITS),
            pooled.count(ASSAY_COUNTER_DEVICE_ALLOCATIONS));
  EXPECT_GT(pooled.count(ASSAY_COUNTER_CACHE_HITS), 4U);
}

// CW-03: what monitoring adds are two events a tile in flight, and the time that is read from them.
TEST(PairVariants, Unclocked_MakesNoEventForItsKernels) {
  const test::PeopleTable left("left", test::random_people(60, 4));
  const test::PeopleTable right("right", test::random_people(60, 4));
  const test::CountingHost unclocked, clocked;
  const fake::Runtime runtime(emulated_options(4));
  const test::Scores scores = test::answer<Small<Fused, Unclocked>>(left, right, "90", unclocked);
  EXPECT_EQ(runtime.count("cudaEventElapsedTime"), 0U);
  const std::size_t recorded = runtime.count("cudaEventRecord");
  EXPECT_EQ((test::answer<Small<Fused, AuditedAxes>>(left, right, "90", clocked)), scores);
  const std::uint64_t launches = clocked.count(ASSAY_COUNTER_KERNEL_LAUNCHES);
  EXPECT_EQ(runtime.count("cudaEventElapsedTime"), launches);
  EXPECT_EQ(runtime.count("cudaEventRecord"), 2 * recorded + 2 * launches);
  EXPECT_EQ(unclocked.count(ASSAY_COUNTER_KERNEL_LAUNCHES), launches);
}

// What a layout saves on the way: tables that stay leave two row numbers a pair.
TEST(PairVariants, ResidentTables_SendEightBytesPerPair) {
  const test::PeopleTable left("left", test::random_people(60, 9));
  const test::PeopleTable right("right", test::random_people(60, 9));
  const test::CountingHost records, offsets, rows;
  const fake::Runtime runtime(emulated_options(9));
  test::answer<Small<Fused, AuditedAxes>>(left, right, "90", records);
  test::answer<Small<FusedOffsets, AuditedAxes>>(left, right, "90", offsets);
  test::answer<Small<FusedRows64, AuditedAxes>>(left, right, "90", rows);
  const std::uint64_t pairs = records.count(ASSAY_COUNTER_BYTES_TO_DEVICE) / sizeof(AuditedPair);
  EXPECT_GT(pairs, 300U);
  EXPECT_EQ(rows.count(ASSAY_COUNTER_BYTES_TO_DEVICE), 8 * pairs);
  EXPECT_LT(offsets.count(ASSAY_COUNTER_BYTES_TO_DEVICE), records.count(ASSAY_COUNTER_BYTES_TO_DEVICE) / 2);
  EXPECT_GT(offsets.count(ASSAY_COUNTER_BYTES_TO_DEVICE), 16 * pairs);
}

// Wherever a tile's memory on the device comes from, it is counted and its peak noted.
template <class Variant>
void expect_device_memory_noted() {
  const test::PeopleTable left("left", test::random_people(40, 15));
  const test::PeopleTable right("right", test::random_people(40, 15));
  const test::CountingHost host;
  const fake::Runtime runtime(emulated_options(15));
  test::answer<Variant>(left, right, "90", host);
  EXPECT_GE(host.peak_bytes(ASSAY_SPACE_DEVICE), static_cast<std::int64_t>(96 * (sizeof(AuditedPair) + 4)));
  EXPECT_EQ(host.count(ASSAY_COUNTER_DEVICE_ALLOCATIONS),
            runtime.count("cudaMalloc") + runtime.count("cudaMallocAsync") + runtime.count("cudaMallocManaged"));
}

TEST(PairVariants, DeviceMemoryOfEveryKind_IsCountedAndItsPeakNoted) {
  expect_device_memory_noted<Small<Fused, AuditedAxes>>();
  expect_device_memory_noted<Small<Fused, DeviceBufferAxis<DeviceBufferChoice::kStreamOrdered>>>();
  expect_device_memory_noted<Small<Fused, HostMemoryAxis<HostMemoryChoice::kManaged>>>();
  expect_device_memory_noted<Small<FusedPersistent, AuditedAxes>>();
}

// T3-GPU-01: however many tiles, one launch, if the pairs come while it waits.
TEST(PairVariants, PersistentKernel_IsLaunchedOncePerJob) {
  const test::PeopleTable left("left", test::random_people(60, 10));
  const test::PeopleTable right("right", test::random_people(60, 10));
  const test::CountingHost cpu, host;
  fake::Options options = emulated_options(10);
  options.progress = 0;  // the kernel starts last, with all copies still to come
  const fake::Runtime runtime(options);
  EXPECT_EQ((test::answer<Small<FusedPersistent, AuditedAxes>>(left, right, "70", host)),
            test::answer<OnCpu>(left, right, "70", cpu));
  EXPECT_EQ(runtime.records().launches.size(), 1U);
  EXPECT_GT(runtime.count("cudaMemcpyAsync"), 6U) << "of several tiles";
}

// A second launch is for what the first waited for in vain, whenever that began.
TEST(PairVariants, PersistentKernel_IsLaunchedTwiceAtMost) {
  const test::PeopleTable left("left", test::random_people(60, 10));
  const test::PeopleTable right("right", test::random_people(60, 10));
  for (const double progress : {0.0, 0.3, 1.0}) {
    const test::CountingHost cpu, host;
    fake::Options options = emulated_options(10);
    options.progress = progress;
    const fake::Runtime runtime(options);
    EXPECT_EQ((test::answer<Small<FusedPersistent, AuditedAxes>>(left, right, "70", host)),
              test::answer<OnCpu>(left, right, "70", cpu));
    EXPECT_LE(runtime.records().launches.size(), 2U);
    EXPECT_EQ(host.count(ASSAY_COUNTER_KERNEL_LAUNCHES), runtime.records().launches.size());
    EXPECT_EQ(host.count(ASSAY_COUNTER_BYTES_TO_DEVICE), runtime.copied_bytes(cudaMemcpyHostToDevice));
    EXPECT_EQ(host.count(ASSAY_COUNTER_BYTES_FROM_DEVICE), runtime.copied_bytes(cudaMemcpyDeviceToHost));
    for (const fake::LaunchRecord& launch : runtime.records().launches) {
      EXPECT_EQ(launch.kernel, reinterpret_cast<const void*>(fused_persistent()));
    }
  }
}

TEST(PairVariants, DeviceThatIsLost_IsAFailureWithItsName) {
  const test::PeopleTable left("left", test::random_people(60, 5));
  const test::PeopleTable right("right", test::random_people(60, 5));
  const test::CountingHost host;
  fake::Runtime runtime(emulated_options(5));
  fake::Fault fault;
  fault.name = "cudaMemcpyAsync";
  fault.occurrence = 3;
  fault.code = cudaErrorECCUncorrectable;
  fault.lose_device = true;
  runtime.inject(fault);
  try {
    test::answer<Small<Fused, AuditedAxes>>(left, right, "90", host);
    FAIL() << "no failure";
  } catch (const sdk::Failure& failure) {
    EXPECT_EQ(failure.status(), ASSAY_E_DEVICE);
    EXPECT_THAT(failure.message(), testing::HasSubstr("cudaErrorECCUncorrectable"));
  }
}

TEST(PairVariants, OutOfDeviceMemory_MakesTilesSmallerAndLosesNothing) {
  const test::PeopleTable left("left", test::random_people(60, 6));
  const test::PeopleTable right("right", test::random_people(60, 6));
  const test::CountingHost cpu, gpu;
  fake::Options options = emulated_options(6);
  options.device_bytes = 20'000;  // a tile of 96 pairs takes 13,440
  const fake::Runtime runtime(options);
  using Variant = Small<Fused, StreamsAxis<3>>;
  EXPECT_EQ(test::answer<Variant>(left, right, "70", gpu), test::answer<OnCpu>(left, right, "70", cpu));
}

}  // namespace
}  // namespace assay::gpu
