// The emulator's purpose: a kernel that works in one order of lanes only is found out.
#include <gtest/gtest.h>

#include <array>

#include "matcher/gpu/emulator/intrinsics.hpp"

namespace matcher::gpu {
namespace {

// Every lane takes over its neighbour's number, twice; each of the three barriers is needed.
enum class Missing { kNothing, kBeforeReading, kBeforeWritingAgain };

bool is_right(Missing missing, const emulator::EmulatorOptions& options) {
  std::array<unsigned, 32> result{};
  emulator::run_grid(
      {}, {32}, 0,
      [&] {
        static const char key = 0;
        unsigned(&row)[32] = emulator::shared_array<unsigned, 32>(&key);
        const unsigned lane = threadIdx.x;
        unsigned number = lane;
        for (int round = 0; round < 2; ++round) {
          row[lane] = number;
          if (missing != Missing::kBeforeReading) __syncwarp();
          number = row[(lane + 31) % 32];
          if (missing != Missing::kBeforeWritingAgain) __syncwarp();
        }
        result[lane] = number;
      },
      options);
  for (unsigned i = 0; i < 32; ++i) {
    if (result[i] != (i + 30) % 32) return false;
  }
  return true;
}

int right_of_twenty(Missing missing) {
  int right = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) right += is_right(missing, {seed, true, false}) ? 1 : 0;
  return right;
}

TEST(LaneShuffling, AllBarriersThere_EverySeedIsRight) {
  EXPECT_TRUE(is_right(Missing::kNothing, {}));
  EXPECT_EQ(right_of_twenty(Missing::kNothing), 20);
}

TEST(LaneShuffling, MissingSyncwarp_IsSeen) {
  EXPECT_EQ(right_of_twenty(Missing::kBeforeReading), 0);
  EXPECT_EQ(right_of_twenty(Missing::kBeforeWritingAgain), 0);
}

}  // namespace
}  // namespace matcher::gpu
