// Bit functions and atomics against their definitions, bit by bit.
#include "matcher/gpu/emulator/arithmetic.hpp"

#include <gtest/gtest.h>

#include <random>

namespace matcher::gpu {
namespace {

struct Counted {
  int set = 0, lowest = 0, leading = 0;
};

template <class Word>
Counted count(Word value) {
  Counted counted;
  const int bits = sizeof(Word) * 8;
  counted.leading = bits;
  for (int i = bits - 1; i >= 0; --i) {
    if ((value >> i & 1) == 0) continue;
    ++counted.set;
    counted.lowest = i + 1;
    if (counted.leading == bits) counted.leading = bits - 1 - i;
  }
  return counted;
}

TEST(Arithmetic, CountingFunctions_AnyWord_AreTheirDefinitions) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 2000; ++i) {
    const std::uint64_t wide = i == 0 ? 0 : random() & (random() >> (random() % 64));
    const auto word = static_cast<std::uint32_t>(wide);
    const Counted narrow_count = count(word);
    const Counted wide_count = count(wide);
    EXPECT_EQ(__popc(word), narrow_count.set);
    EXPECT_EQ(__ffs(word), narrow_count.lowest);
    EXPECT_EQ(__clz(word), narrow_count.leading);
    EXPECT_EQ(__popcll(wide), wide_count.set);
    EXPECT_EQ(__ffsll(wide), wide_count.lowest);
    EXPECT_EQ(__clzll(wide), wide_count.leading);
    EXPECT_EQ(__brev(__brev(word)), word);
  }
  EXPECT_EQ(__brev(1U), 0x80000000U);
  EXPECT_EQ(__brev(0x0000f00dU), 0xb00f0000U);
}

TEST(Arithmetic, FunnelShift_AnyShift_TakesTheWordOfBoth) {
  std::mt19937 random(8);
  for (std::uint32_t shift = 0; shift < 70; ++shift) {
    const std::uint32_t low = static_cast<std::uint32_t>(random()), high = static_cast<std::uint32_t>(random());
    const std::uint32_t wrapped = shift % 32, clamped = shift < 32 ? shift : 32;
    const auto left = [&](std::uint32_t by) { return by == 0 ? high : by == 32 ? low : high << by | low >> (32 - by); };
    const auto right = [&](std::uint32_t by) {
      return by == 0 ? low : by == 32 ? high : low >> by | high << (32 - by);
    };
    EXPECT_EQ(__funnelshift_l(low, high, shift), left(wrapped)) << shift;
    EXPECT_EQ(__funnelshift_r(low, high, shift), right(wrapped)) << shift;
    EXPECT_EQ(__funnelshift_lc(low, high, shift), left(clamped)) << shift;
    EXPECT_EQ(__funnelshift_rc(low, high, shift), right(clamped)) << shift;
  }
}

TEST(Arithmetic, Atomics_OneCall_ReturnWhatWasThereAndStoreTheResult) {
  const auto check = [](std::uint32_t returned, std::uint32_t stored, std::uint32_t& place) {
    EXPECT_EQ(returned, 12U);
    EXPECT_EQ(place, stored);
    place = 12;
  };
  std::uint32_t place = 12;
  check(atomicAdd(&place, 30U), 42, place);
  check(atomicMin(&place, 30U), 12, place);
  check(atomicMin(&place, 3U), 3, place);
  check(atomicMax(&place, 30U), 30, place);
  check(atomicMax(&place, 3U), 12, place);
  check(atomicAnd(&place, 6U), 4, place);
  check(atomicOr(&place, 3U), 15, place);
  check(atomicExch(&place, 5U), 5, place);
  check(atomicCAS(&place, 12U, 9U), 9, place);
  check(atomicCAS(&place, 11U, 9U), 12, place);
}

}  // namespace
}  // namespace matcher::gpu
