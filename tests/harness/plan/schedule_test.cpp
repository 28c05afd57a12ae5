// The order of samples: every block mirrored and balanced, the coin fair, and all of it reproducible from its seed.
#include "harness/plan/schedule.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace assay::plan {
namespace {

constexpr std::uint32_t kBlocks = 16;
using Order = std::array<Arm, kArms>;

bool same(const Slot& a, const Slot& b) {
  return a.block == b.block && a.position == b.position && a.arm == b.arm;
}

Order order_of(const std::vector<Slot>& slots, std::size_t block) {
  return {slots[6 * block].arm, slots[6 * block + 1].arm, slots[6 * block + 2].arm};
}

TEST(MakeSchedule, EveryHalfOfABlock_HoldsEachArmOnceAndMirrorsTheOther) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const auto slots = make_schedule(seed, static_cast<std::uint32_t>(seed % 3), kBlocks);
    ASSERT_EQ(slots.size(), 6U * kBlocks);
    for (std::size_t i = 0; i < slots.size(); i += 6) {
      EXPECT_EQ((std::set<Arm>{slots[i].arm, slots[i + 1].arm, slots[i + 2].arm}.size()), 3U);
      for (std::uint32_t position = 0; position < 6; ++position) {
        EXPECT_EQ(slots[i + position].arm, slots[i + 5 - position].arm);
        EXPECT_EQ(slots[i + position].position, position);
        EXPECT_EQ(slots[i + position].block, i / 6);
      }
    }
  }
}

// A drift that grows with time must cancel: all arms have the same mean position.
TEST(MakeSchedule, LinearDrift_FallsOnAllArmsAlike) {
  const auto slots = make_schedule(7, 0, kBlocks);
  std::array<double, kArms> sums{};
  for (std::size_t i = 0; i < slots.size(); ++i) sums[static_cast<std::size_t>(slots[i].arm)] += static_cast<double>(i);
  EXPECT_DOUBLE_EQ(sums[0], sums[1]);
  EXPECT_DOUBLE_EQ(sums[0], sums[2]);
}

// 16 blocks of 600 seeds, six orders: each stays within 5 standard deviations; so does "the same as the block before".
TEST(MakeSchedule, Coin_IsFairAndHasNoMemory) {
  std::map<Order, double> drawn;
  double same_as_before = 0;
  double blocks = 0;
  double neighbours = 0;
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    const auto slots = make_schedule(seed, 0, kBlocks);
    for (std::size_t block = 0; block < kBlocks; ++block) {
      ++drawn[order_of(slots, block)];
      ++blocks;
      if (block == 0) continue;
      same_as_before += order_of(slots, block) == order_of(slots, block - 1) ? 1 : 0;
      ++neighbours;
    }
  }
  const auto deviation = [](double trials) { return std::sqrt(trials * (1.0 / 6) * (5.0 / 6)); };
  ASSERT_EQ(drawn.size(), 6U);
  for (const auto& [order, count] : drawn) EXPECT_NEAR(count, blocks / 6, 5 * deviation(blocks));
  EXPECT_NEAR(same_as_before, neighbours / 6, 5 * deviation(neighbours));
}

TEST(MakeSchedule, Coin_DiffersBetweenLaunchesAndSeeds) {
  const auto orders = [](std::uint64_t seed, std::uint32_t launch) {
    const auto slots = make_schedule(seed, launch, 32);
    std::vector<Order> drawn;
    for (std::size_t block = 0; block < 32; ++block) drawn.push_back(order_of(slots, block));
    return drawn;
  };
  EXPECT_NE(orders(42, 0), orders(42, 1));
  EXPECT_NE(orders(42, 1), orders(42, 2));
  EXPECT_NE(orders(42, 0), orders(43, 0));
}

TEST(MakeSchedule, SameSeedAndLaunch_GiveTheSameOrder) {
  const auto once = make_schedule(42, 2, kBlocks);
  const auto again = make_schedule(42, 2, kBlocks);
  EXPECT_TRUE(std::equal(once.begin(), once.end(), again.begin(), again.end(), same));
}

TEST(MakeSchedule, NoBlocks_IsEmpty) {
  EXPECT_TRUE(make_schedule(1, 0, 0).empty());
}

TEST(BlocksForBudget, AnyBudget_StaysInsideTheStatedBounds) {
  for (const double budget : {0.0, 1e-6, 0.5, 3.0, 8.0, 1e3, 1e9, std::numeric_limits<double>::infinity()}) {
    for (const double seconds : {0.0, 1e-9, 1e-3, 0.2, 5.0, 1e4}) {
      for (const std::uint32_t launches : {1U, 3U, 100U}) {
        const std::uint32_t blocks = blocks_for_budget(budget, launches, seconds, seconds / 3);
        EXPECT_GE(blocks, 2U);
        EXPECT_LE(blocks, 16U);
      }
    }
  }
}

// A bound of 99.5 % needs 8 pairs, and a block holds two.
TEST(BlocksForBudget, TwoLaunchesOrMore_GiveEightPairs) {
  for (std::uint32_t launches = 2; launches <= 20; ++launches) {
    EXPECT_GE(2 * blocks_for_budget(0.001, launches, 10, 10) * launches, 8U);
  }
}

TEST(BlocksForBudget, Budget_IsUsedAndNotExceeded) {
  // One block costs four samples of the baseline's code and two of the candidate's: 4 * 0.1 + 2 * 0.05 = 0.5 s.
  EXPECT_EQ(blocks_for_budget(3 * 2.4, 3, 0.1, 0.05), 4U);
  EXPECT_EQ(blocks_for_budget(3 * 2.5, 3, 0.1, 0.05), 5U);
}

}  // namespace
}  // namespace assay::plan
