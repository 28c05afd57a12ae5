// Every variant of the ladder and every axis on the CPU: kernels under the emulator, the CUDA runtime a fake one that
// records. Their answers are those of the CPU variant, and the counts that claims are about are exact.
#include <gmock/gmock.h>

#include <algorithm>

#include "matcher/gpu/emulator/emulator.hpp"
#include "matcher/similarity/scalar.hpp"
#include "plugins/gpu/axes.hpp"
#include "plugins/gpu/pair_variant.hpp"
#include "plugins/names/score_variant.hpp"
#include "tests/matcher/gpu/device/fake_runtime.hpp"
#include "tests/plugins/gpu/people_table.hpp"

namespace assay::gpu {
namespace {

using namespace matcher::gpu;

struct ScalarScorer {
  static matcher::ScoreParts score(std::u32string_view left, std::u32string_view right) {
    return matcher::score_scalar(left, right);
  }
};
using OnCpu = names::ScoreVariant<ScalarScorer>;

fake::Options emulated(std::uint64_t seed) {
  fake::Options options;
  options.seed = seed;
  options.kernel_runner = [seed](const LaunchShape& shape, const std::function<void()>& body) {
    emulator::run_grid({shape.grid.x, shape.grid.y, shape.grid.z}, {shape.block.x, shape.block.y, shape.block.z},
                       shape.dynamic_shared_bytes, body, {.seed = seed, .shuffle_lanes = true, .shuffle_blocks = true});
  };
  return options;
}

// A rung with these axes, and tiles of 96 pairs.
template <class Rung, class Axes>
class Small : public PairVariant<Rung> {
 public:
  Small(sdk::Host host, const sdk::Params& params) : PairVariant<Rung>(host, params, options()) {}

 private:
  static PipelineOptions options() {
    PipelineOptions options = Axes::options();
    options.tile_items = 96;
    return options;
  }
};

template <class Variant>
class PairVariantTest : public testing::Test {};
using Variants =
    testing::Types<Small<FourKernels, AuditedAxes>, Small<Fused, AuditedAxes>, Small<FusedSharedRow, AuditedAxes>,
                   Small<BitParallel64, AuditedAxes>, Small<Fused, HostMemoryAxis<HostMemoryChoice::kPinnedPool>>,
                   Small<Fused, HostMemoryAxis<HostMemoryChoice::kRegistered>>,
                   Small<Fused, DeviceBufferAxis<DeviceBufferChoice::kPool>>,
                   Small<Fused, DeviceBufferAxis<DeviceBufferChoice::kStreamOrdered>>, Small<Fused, StreamsAxis<3>>,
                   Small<Fused, WaitAxis<WaitChoice::kPolling>>, Small<Fused, WaitAxis<WaitChoice::kBlockingEvent>>,
                   Small<Fused, SubmissionAxis<SubmissionChoice::kGraph>>>;
TYPED_TEST_SUITE(PairVariantTest, Variants);

TYPED_TEST(PairVariantTest, RandomPeople_AreScoredAsOnTheCpu) {
  for (const std::uint64_t seed : {1U, 2U}) {
    for (const char* const threshold : {"90", "70", "0"}) {
      const test::PeopleTable left("left", test::random_people(60, seed));
      const test::PeopleTable right("right", test::random_people(70, seed));
      const test::CountingHost cpu, gpu;
      const fake::Runtime runtime(emulated(seed));
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
  const fake::Runtime runtime(emulated(1));
  EXPECT_TRUE(test::answer<TypeParam>(left, right, "0", host).empty());
}

// T1-GPU-01, "launches -75 %": exactly, for any number of tiles.
TEST(PairVariants, FourKernelsBecomeOneLaunch) {
  const test::PeopleTable left("left", test::random_people(60, 3));
  const test::PeopleTable right("right", test::random_people(60, 3));
  const test::CountingHost four, one;
  const fake::Runtime runtime(emulated(3));
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
  const fake::Runtime runtime(emulated(8));
  test::answer<Small<FourKernels, SubmissionAxis<SubmissionChoice::kGraph>>>(left, right, "90", host);
  const std::size_t launched = std::ranges::count(runtime.records().launches, false, &fake::LaunchRecord::captured);
  EXPECT_EQ(host.count(ASSAY_COUNTER_KERNEL_LAUNCHES), launched + runtime.count("cudaGraphLaunch"));
  EXPECT_GT(runtime.count("cudaGraphLaunch"), 2U);
}

TEST(PairVariants, PooledBuffers_AllocateOnceAndNotPerTile) {
  const test::PeopleTable left("left", test::random_people(60, 4));
  const test::PeopleTable right("right", test::random_people(60, 4));
  const test::CountingHost host;
  const fake::Runtime runtime(emulated(4));
  test::answer<Small<Fused, AuditedAxes>>(left, right, "90", host);
  const std::size_t per_tile = runtime.count("cudaMalloc");
  test::answer<Small<Fused, DeviceBufferAxis<DeviceBufferChoice::kPool>>>(left, right, "90", host);
  const std::size_t pooled = runtime.count("cudaMalloc") - per_tile;
  EXPECT_EQ(host.count(ASSAY_COUNTER_DEVICE_ALLOCATIONS), per_tile + pooled);
  EXPECT_GT(per_tile, 8U);
  EXPECT_LE(pooled, 4U) << "two blocks for each of two tiles in flight";
}

TEST(PairVariants, DeviceThatIsLost_IsAFailureWithItsName) {
  const test::PeopleTable left("left", test::random_people(60, 5));
  const test::PeopleTable right("right", test::random_people(60, 5));
  const test::CountingHost host;
  fake::Runtime runtime(emulated(5));
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
  fake::Options options = emulated(6);
  options.device_bytes = 20'000;  // a tile of 96 pairs takes 13,440
  const fake::Runtime runtime(options);
  using Variant = Small<Fused, StreamsAxis<3>>;
  EXPECT_EQ(test::answer<Variant>(left, right, "70", gpu), test::answer<OnCpu>(left, right, "70", cpu));
}

}  // namespace
}  // namespace assay::gpu
