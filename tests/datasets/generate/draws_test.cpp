// Random numbers: the published vectors of Philox, and what the draws made from it promise.
#include "datasets/generate/draws.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "datasets/generate/permutation.hpp"
#include "datasets/generate/weighted_index.hpp"

namespace assay::datasets {
namespace {

using testing::ElementsAre;

// Known-answer vectors that Salmon et al. publish with Random123 (philox4x32, 10 rounds).
TEST(Philox, PublishedVectors_AreReproduced) {
  EXPECT_THAT(philox4x32({0, 0, 0, 0}, {0, 0}), ElementsAre(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8));
  EXPECT_THAT(philox4x32({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
              ElementsAre(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd));
  EXPECT_THAT(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
              ElementsAre(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1));
}

TEST(Draws, FifthDraw_ComesFromTheNextCounter) {
  Draws draws(7, Stream::kPerson, 3);
  for (int i = 0; i < 4; ++i) (void)draws.next();
  EXPECT_EQ(draws.next(), philox4x32({3, 0, 3, 1}, {7, 0})[0]);
}

TEST(Draws, SeedStreamAndIndexAbove32Bits_AllCount) {
  const std::uint64_t high = std::uint64_t{1} << 32;
  const std::uint32_t base = Draws(7, Stream::kPerson, 3).next();
  EXPECT_NE(base, Draws(7 + high, Stream::kPerson, 3).next());
  EXPECT_NE(base, Draws(7, Stream::kPerson, 3 + high).next());
  EXPECT_NE(base, Draws(7, Stream::kHousehold, 3).next());
}

// The generator under audit used low bits with a period of four; every share must come out here, at every bound.
TEST(Draws, Below_IsUniform) {
  for (const std::uint32_t bound : {2U, 4U, 5U, 26U, 1000U}) {
    std::vector<double> counts(bound);
    constexpr std::uint32_t kDraws = 200'000;
    for (std::uint32_t index = 0; index < kDraws; ++index) ++counts[Draws(42, Stream::kPerson, index).below(bound)];
    const double expected = static_cast<double>(kDraws) / bound;
    double chi_squared = 0;
    for (const double count : counts) chi_squared += (count - expected) * (count - expected) / expected;
    const double freedom = bound - 1;
    EXPECT_LT(chi_squared, freedom + 5 * std::sqrt(2 * freedom) + 10) << bound;
  }
}

TEST(Draws, BelowWide_ReachesBothEndsAndStaysBelow) {
  std::uint64_t smallest = ~std::uint64_t{0};
  std::uint64_t largest = 0;
  const std::uint64_t bound = std::uint64_t{3} << 40;
  for (std::uint64_t index = 0; index < 10'000; ++index) {
    const std::uint64_t drawn = Draws(1, Stream::kPerson, index).below_wide(bound);
    smallest = std::min(smallest, drawn);
    largest = std::max(largest, drawn);
  }
  EXPECT_LT(largest, bound);
  EXPECT_GT(largest, bound / 1000 * 998);
  EXPECT_LT(smallest, bound / 500);
}

TEST(Draws, Chance_ZeroAndOneAreCertain) {
  for (std::uint64_t index = 0; index < 1000; ++index) {
    EXPECT_FALSE(Draws(1, Stream::kPerson, index).chance(0));
    EXPECT_TRUE(Draws(1, Stream::kPerson, index).chance(65536));
  }
}

TEST(Permutation, AnySize_IsABijectionThatMoves) {
  for (const std::uint64_t size : {1U, 2U, 3U, 63U, 64U, 65U, 500U, 4097U}) {
    const Permutation permutation(size, 42, Stream::kRowOrder);
    std::vector<int> seen(size);
    std::uint64_t unmoved = 0;
    for (std::uint64_t value = 0; value < size; ++value) {
      const std::uint64_t to = permutation(value);
      ASSERT_LT(to, size);
      ++seen[to];
      unmoved += to == value ? 1 : 0;
    }
    EXPECT_THAT(seen, testing::Each(1)) << size;
    if (size >= 500) {
      EXPECT_LT(unmoved, 10u) << size;
    }
  }
}

TEST(WeightedIndex, Shares_FollowTheWeights) {
  const WeightedIndex index({6, 0, 3, 1});
  std::vector<int> counts(4);
  for (std::uint64_t row = 0; row < 100'000; ++row) {
    Draws draws(5, Stream::kPerson, row);
    ++counts[index.draw(draws)];
  }
  EXPECT_NEAR(counts[0], 60'000, 800);
  EXPECT_EQ(counts[1], 0);
  EXPECT_NEAR(counts[2], 30'000, 800);
  EXPECT_NEAR(counts[3], 10'000, 800);
}

}  // namespace
}  // namespace assay::datasets
