// The variants by whole blocks on the CPU: the answers of the CPU variant, and what crosses the bus counted exactly.
#include <gmock/gmock.h>

#include <type_traits>

#include "tests/plugins/gpu/emulated_blocks.hpp"

namespace assay::gpu {
namespace {

using namespace matcher::gpu;

template <class Variant>
class BlockVariantTest : public testing::Test {};
using Variants = testing::Types<Block, BlockPruned, OnDevice, OnDeviceKept>;
TYPED_TEST_SUITE(BlockVariantTest, Variants);

TYPED_TEST(BlockVariantTest, RandomPeople_AreScoredAsOnTheCpu) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
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
      EXPECT_EQ(gpu.count(ASSAY_COUNTER_KERNEL_LAUNCHES), runtime.records().launches.size());
      if (!std::is_same_v<TypeParam, OnDeviceKept>) {  // which lives until the instance ends
        EXPECT_EQ(leaks, "");
      }
      EXPECT_EQ(runtime.live(), 0U) << runtime.live_text();
    }
  }
}

TYPED_TEST(BlockVariantTest, NobodyInCommon_IsAnEmptyAnswer) {
  const test::PeopleTable left("left", {{"ann", "lee", 1}});
  const test::PeopleTable right("right", {{"ann", "lee", 2}});
  const test::CountingHost host;
  const fake::Runtime runtime(emulated_options(1));
  EXPECT_TRUE(test::answer<TypeParam>(left, right, "0", host).empty());
}

TYPED_TEST(BlockVariantTest, DeviceThatIsLost_IsAFailureWithItsName) {
  const test::PeopleTable left("left", test::random_people(60, 5));
  const test::PeopleTable right("right", test::random_people(60, 5));
  const test::CountingHost host;
  fake::Runtime runtime(emulated_options(5));
  runtime.inject({.name = "cudaLaunchKernel", .occurrence = 2, .code = cudaErrorECCUncorrectable, .lose_device = true});
  try {
    test::answer<TypeParam>(left, right, "90", host);
    FAIL() << "no failure";
  } catch (const sdk::Failure& failure) {
    EXPECT_EQ(failure.status(), ASSAY_E_DEVICE);
    EXPECT_THAT(failure.message(), testing::HasSubstr("cudaErrorECCUncorrectable"));
  }
}

TEST(BlockVariants, Resident_SendsNothingDownInARun) {
  const test::PeopleTable left("left", test::random_people(60, 6));
  const test::PeopleTable right("right", test::random_people(60, 6));
  const test::CountingHost sent, resident;
  const fake::Runtime runtime(emulated_options(6));
  test::answer<BlockPruned>(left, right, "90", sent);
  const std::size_t sent_bytes = runtime.copied_bytes(cudaMemcpyHostToDevice);
  EXPECT_EQ(sent.count(ASSAY_COUNTER_BYTES_TO_DEVICE), sent_bytes);
  test::answer<OnDevice>(left, right, "90", resident);
  EXPECT_EQ(resident.count(ASSAY_COUNTER_BYTES_TO_DEVICE), 0U);
  EXPECT_EQ(runtime.copied_bytes(cudaMemcpyHostToDevice), 2 * sent_bytes) << "the same arrays, in prepare";
  EXPECT_EQ(resident.count(ASSAY_COUNTER_BYTES_FROM_DEVICE), sent.count(ASSAY_COUNTER_BYTES_FROM_DEVICE));
}

// Twice the rows of the same few birthdays are four times the pairs, and about twice the bytes.
TEST(BlockVariants, BytesDown_GrowWithRowsAndNotWithPairs) {
  const auto bytes_of = [](std::size_t people) {
    const test::PeopleTable left("left", test::random_people(people, 7));
    const test::PeopleTable right("right", test::random_people(people, 8));
    const test::CountingHost host;
    const fake::Runtime runtime(emulated_options(7));
    test::answer<Block>(left, right, "90", host);
    return std::pair(host.count(ASSAY_COUNTER_BYTES_TO_DEVICE), host.count(ASSAY_COUNTER_CANDIDATES));
  };
  const auto [small_bytes, small_pairs] = bytes_of(200);
  const auto [large_bytes, large_pairs] = bytes_of(400);
  EXPECT_GT(large_pairs, 3 * small_pairs);
  EXPECT_LT(large_bytes, 5 * small_bytes / 2);
}

TEST(BlockVariants, SmallDevice_TakesPiecesAndLosesNothing) {
  const test::PeopleTable left("left", test::random_people(80, 9));
  const test::PeopleTable right("right", test::random_people(80, 9));
  const test::CountingHost cpu, gpu;
  fake::Options options = emulated_options(9);
  options.device_bytes = 12'000;
  const fake::Runtime runtime(options);
  EXPECT_EQ(test::answer<BlockPruned>(left, right, "70", gpu), test::answer<OnCpu>(left, right, "70", cpu));
  EXPECT_GT(gpu.count(ASSAY_COUNTER_DEVICE_ALLOCATIONS), 2U);
}

}  // namespace
}  // namespace assay::gpu
