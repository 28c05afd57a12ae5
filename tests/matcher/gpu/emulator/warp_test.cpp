// Each warp collective against its definition in the CUDA C++ Programming Guide, for full and partial masks.
#include <gtest/gtest.h>

#include <array>
#include <random>

#include "matcher/gpu/emulator/intrinsics.hpp"

namespace matcher::gpu {
namespace {

using emulator::run_grid;

constexpr std::uint32_t kFull = 0xffffffffU;

// Values with many repetitions, and a mask that holds at least two lanes; shuffled lanes.
class WarpCollectives : public testing::TestWithParam<std::uint32_t> {
 protected:
  void SetUp() override {
    std::mt19937 random(99);
    for (auto& value : values_) value = static_cast<std::uint32_t>(random()) % 6;
  }

  // Runs `body(lane, value)` on the lanes of the mask.
  template <class Body>
  void run(Body body) {
    run_grid({}, {32}, 0,
             [&] {
               if (takes_part(threadIdx.x)) body(threadIdx.x, values_[threadIdx.x]);
             },
             {5, true, false});
  }

  [[nodiscard]] bool takes_part(unsigned lane) const { return (mask_ >> lane & 1) != 0; }

  template <class Combine>
  [[nodiscard]] std::uint32_t fold(std::uint32_t start, Combine combine) const {
    for (unsigned i = 0; i < 32; ++i) {
      if (takes_part(i)) start = combine(start, values_[i]);
    }
    return start;
  }

  [[nodiscard]] std::uint32_t lanes_with(std::uint32_t value) const {
    std::uint32_t lanes = 0;
    for (unsigned i = 0; i < 32; ++i) lanes |= static_cast<std::uint32_t>(takes_part(i) && values_[i] == value) << i;
    return lanes;
  }

  const std::uint32_t mask_ = GetParam();
  std::array<std::uint32_t, 32> values_{};
};

TEST_P(WarpCollectives, Votes_SomeLanesTrue_SeeTheLanesOfTheMask) {
  run([&](unsigned, std::uint32_t value) {
    EXPECT_EQ(__ballot_sync(mask_, value == 2), lanes_with(2));
    EXPECT_EQ(__any_sync(mask_, value == 2), lanes_with(2) != 0);
    EXPECT_EQ(__any_sync(mask_, value == 7), 0);
    EXPECT_EQ(__all_sync(mask_, value == 2), lanes_with(2) == mask_);
    EXPECT_EQ(__all_sync(mask_, value < 7), 1);
  });
}

TEST_P(WarpCollectives, MatchAny_RepeatedValues_NamesTheLanesWithTheSame) {
  run([&](unsigned, std::uint32_t value) {
    EXPECT_EQ(__match_any_sync(mask_, value), lanes_with(value));
    EXPECT_EQ(__match_any_sync(mask_, std::uint64_t{value} << 40), lanes_with(value));
  });
}

TEST_P(WarpCollectives, Shuffles_SourceTakesPart_BringItsValue) {
  const auto lowest = static_cast<int>(std::countr_zero(mask_));
  run([&](unsigned lane, std::uint32_t value) {
    EXPECT_EQ(__shfl_sync(mask_, value, lowest), values_[static_cast<std::size_t>(lowest)]);
    EXPECT_EQ(__shfl_up_sync(mask_, value, 0), value);
    EXPECT_EQ(__shfl_down_sync(mask_, 2.5 * lane, 0), 2.5 * lane);
    EXPECT_EQ(__shfl_xor_sync(mask_, value, 0), value);
  });
}

TEST_P(WarpCollectives, Reductions_LanesOfTheMask_AreFolds) {
  run([&](unsigned, std::uint32_t value) {
    EXPECT_EQ(__reduce_add_sync(mask_, value), fold(0, [](auto a, auto b) { return a + b; }));
    EXPECT_EQ(__reduce_min_sync(mask_, value), fold(9, [](auto a, auto b) { return a < b ? a : b; }));
    EXPECT_EQ(__reduce_max_sync(mask_, value), fold(0, [](auto a, auto b) { return a < b ? b : a; }));
    EXPECT_EQ(__reduce_and_sync(mask_, value), fold(kFull, [](auto a, auto b) { return a & b; }));
    EXPECT_EQ(__reduce_or_sync(mask_, value), fold(0, [](auto a, auto b) { return a | b; }));
    EXPECT_EQ(__reduce_xor_sync(mask_, value), fold(0, [](auto a, auto b) { return a ^ b; }));
  });
}

INSTANTIATE_TEST_SUITE_P(Masks, WarpCollectives, testing::Values(kFull, 0x0000ffffU, 0x80000001U, 0x5a5a0ff0U));

TEST(Shuffle, Segments_EveryWidth_StayInside) {
  for (const int width : {2, 4, 8, 16, 32}) {
    run_grid({}, {32}, 0,
             [&] {
               const int lane = static_cast<int>(threadIdx.x);
               const int start = lane / width * width;
               EXPECT_EQ(__shfl_sync(kFull, lane, 3, width), start + 3 % width);
               EXPECT_EQ(__shfl_up_sync(kFull, lane, 1, width), lane == start ? lane : lane - 1);
               EXPECT_EQ(__shfl_down_sync(kFull, lane, 1, width), lane == start + width - 1 ? lane : lane + 1);
               EXPECT_EQ(__shfl_xor_sync(kFull, lane, 1, width), lane ^ 1);
             },
             {3, true, false});
  }
}

TEST(WarpCollectives, OneHalfAfterTheOther_TwoMasks_DoNotMix) {
  run_grid({}, {32}, 0,
           [] {
             const bool low = threadIdx.x < 16;
             const std::uint32_t mask = low ? 0x0000ffffU : 0xffff0000U;
             EXPECT_EQ(__ballot_sync(mask, 1), mask);
             EXPECT_EQ(__reduce_add_sync(mask, threadIdx.x), low ? 120U : 376U);
           },
           {1, true, false});
}

TEST(WarpCollectives, ExitedLanes_NamedInTheMask_AreNotWaitedFor) {
  run_grid({}, {40}, 0,
           [] {
             if (threadIdx.x % 2 == 1) return;
             const std::uint32_t live = threadIdx.x < 32 ? 0x55555555U : 0x00000055U;
             EXPECT_EQ(__ballot_sync(kFull, 1), live);
           },
           {4, true, false});
}

TEST(WarpCollectives, ShuffleFromALaneOutsideTheMask_IsAnError) {
  const auto kernel = [] {
    if (threadIdx.x < 4) static_cast<void>(__shfl_sync(0xfU, 1, 9));
  };
  EXPECT_THROW(run_grid({}, {32}, 0, kernel), emulator::EmulatorError);
}

TEST(WarpCollectives, LaneOutsideItsOwnMask_IsAnError) {
  EXPECT_THROW(run_grid({}, {32}, 0, [] { __syncwarp(1U); }), emulator::EmulatorError);
}

}  // namespace
}  // namespace matcher::gpu
