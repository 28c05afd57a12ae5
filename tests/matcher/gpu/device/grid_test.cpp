// Occupancy and grid sizes with the properties of an H200.
#include "matcher/gpu/device/grid.hpp"

#include <gmock/gmock.h>

#include <array>

#include "tests/matcher/gpu/device/h200.hpp"

namespace matcher::gpu {
namespace {

constexpr std::array<unsigned, 5> kBlockSizes = {64, 128, 256, 512, 1024};
const cudaDeviceProp kH200 = fake::h200_properties();

TEST(Occupancy, FewRegisters_FillTheMultiprocessor) {
  const Occupancy occupancy = occupancy_of(kH200, {.registers = 32}, 256);
  EXPECT_EQ(occupancy.blocks_per_sm, 8);
  EXPECT_EQ(occupancy.fraction, 1);
}

TEST(Occupancy, SixtyFourRegisters_HalveIt) {
  EXPECT_EQ(occupancy_of(kH200, {.registers = 64}, 256).fraction, 0.5);
}

// 256 bytes a thread: 64 KiB and a reserved KiB a block of 256, three of which fit into 228 KiB.
TEST(Occupancy, SharedMemory_Limits) {
  const Occupancy occupancy = occupancy_of(kH200, {.registers = 32, .dynamic_shared_bytes_per_thread = 256}, 256);
  EXPECT_EQ(occupancy.blocks_per_sm, 3);
  EXPECT_EQ(occupancy.fraction, 0.375);
}

TEST(Occupancy, BlockThatCannotStart_IsNone) {
  EXPECT_EQ(occupancy_of(kH200, {.registers = 255}, 1024).blocks_per_sm, 0);
  EXPECT_EQ(occupancy_of(kH200, {.registers = 32, .dynamic_shared_bytes_per_thread = 512}, 1024).blocks_per_sm, 0);
}

TEST(Occupancy, Best_OfEquals_IsTheSmallestBlock) {
  EXPECT_EQ(best_occupancy(kH200, {.registers = 32}, kBlockSizes)->block_threads, 64u);
  EXPECT_FALSE(best_occupancy(kH200, {.registers = 32, .dynamic_shared_bytes_per_thread = 8192}, kBlockSizes));
}

TEST(Grid, Static_IsAThreadForEach) {
  EXPECT_EQ(static_shape(1, {}).grid.x, 1u);
  EXPECT_EQ(static_shape(256, {}).grid.x, 1u);
  const LaunchShape shape = static_shape(257, {.dynamic_shared_bytes_per_thread = 4});
  EXPECT_EQ(shape.grid.x, 2u);
  EXPECT_EQ(shape.block.x, 256u);
  EXPECT_EQ(shape.dynamic_shared_bytes, 1024u);
}

TEST(Grid, Occupancy_IsOneWaveAtMost) {
  const KernelFacts kernel{.registers = 64};
  const Occupancy occupancy = occupancy_of(kH200, kernel, 256);
  EXPECT_EQ(occupancy_shape(100'000'000, kH200, kernel, occupancy).grid.x, 132u * 4);
  EXPECT_EQ(occupancy_shape(1000, kH200, kernel, occupancy).grid.x, 4u);
  EXPECT_EQ(occupancy_shape(0, kH200, kernel, occupancy).grid.x, 1u);
}

}  // namespace
}  // namespace matcher::gpu
