// The order of samples: every block balanced, the coin fair, the controls spread, and reproducible from its seed.
#include "harness/plan/schedule.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::plan {
namespace {

constexpr std::uint32_t kTestBlocks = 16;
constexpr std::uint32_t kControlBlocks = 8;

bool same(const Slot& a, const Slot& b) {
  return a.block == b.block && a.position == b.position && a.series == b.series && a.arm == b.arm;
}

bool starts_with_baseline(const std::vector<Slot>& slots, std::size_t block) {
  return slots[4 * block].arm == Arm::kBaseline;
}

TEST(MakeSchedule, EveryBlock_IsXYYXWithEachArmTwice) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const auto slots = make_schedule(seed, static_cast<std::uint32_t>(seed % 3), kTestBlocks, kControlBlocks);
    ASSERT_EQ(slots.size(), 4U * (kTestBlocks + kControlBlocks));
    for (std::size_t i = 0; i < slots.size(); i += 4) {
      const Arm other = slots[i].series == Series::kTest ? Arm::kCandidate : Arm::kControl;
      EXPECT_EQ(slots[i].arm, slots[i + 3].arm);
      EXPECT_EQ(slots[i + 1].arm, slots[i + 2].arm);
      EXPECT_TRUE((slots[i].arm == Arm::kBaseline && slots[i + 1].arm == other) ||
                  (slots[i].arm == other && slots[i + 1].arm == Arm::kBaseline));
      for (std::uint32_t position = 0; position < 4; ++position) {
        EXPECT_EQ(slots[i + position].position, position);
        EXPECT_EQ(slots[i + position].block, i / 4);
        EXPECT_EQ(slots[i + position].series, slots[i].series);
      }
    }
  }
}

// A drift that grows with time must cancel: both arms have the same mean position.
TEST(MakeSchedule, LinearDrift_FallsOnBothArmsAlike) {
  const auto slots = make_schedule(7, 0, kTestBlocks, kControlBlocks);
  double baseline = 0;
  double candidate = 0;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].series != Series::kTest) continue;
    (slots[i].arm == Arm::kBaseline ? baseline : candidate) += static_cast<double>(i);
  }
  EXPECT_DOUBLE_EQ(baseline, candidate);
}

// 24 blocks of 400 seeds: a fair coin stays within 5 standard deviations; so does "the same side as the block before".
TEST(MakeSchedule, Coin_IsFairAndHasNoMemory) {
  double first = 0;
  double same_as_before = 0;
  double blocks = 0;
  double neighbours = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const auto slots = make_schedule(seed, 0, kTestBlocks, kControlBlocks);
    for (std::size_t block = 0; block < slots.size() / 4; ++block) {
      first += starts_with_baseline(slots, block) ? 1 : 0;
      ++blocks;
      if (block == 0) continue;
      same_as_before += starts_with_baseline(slots, block) == starts_with_baseline(slots, block - 1) ? 1 : 0;
      ++neighbours;
    }
  }
  EXPECT_NEAR(first, blocks / 2, 5 * std::sqrt(blocks) / 2);
  EXPECT_NEAR(same_as_before, neighbours / 2, 5 * std::sqrt(neighbours) / 2);
}

TEST(MakeSchedule, Coin_DiffersBetweenLaunchesAndSeeds) {
  const auto sides = [](std::uint64_t seed, std::uint32_t launch) {
    const auto slots = make_schedule(seed, launch, 32, 0);
    std::vector<bool> first;
    for (std::size_t block = 0; block < 32; ++block) first.push_back(starts_with_baseline(slots, block));
    return first;
  };
  EXPECT_NE(sides(42, 0), sides(42, 1));
  EXPECT_NE(sides(42, 1), sides(42, 2));
  EXPECT_NE(sides(42, 0), sides(43, 0));
}

TEST(MakeSchedule, SameSeedAndLaunch_GiveTheSameOrder) {
  const auto once = make_schedule(42, 2, kTestBlocks, kControlBlocks);
  const auto again = make_schedule(42, 2, kTestBlocks, kControlBlocks);
  EXPECT_TRUE(std::equal(once.begin(), once.end(), again.begin(), again.end(), same));
}

// Spread evenly: any stretch of blocks holds its share of controls, give or take one.
TEST(MakeSchedule, Controls_AreAllThereAndSpreadEvenly) {
  for (std::uint32_t control = 1; control <= 8; ++control) {
    for (std::uint32_t test = 2 * control; test <= 16; test += 3) {
      const auto slots = make_schedule(1, 0, test, control);
      std::uint32_t controls = 0;
      for (std::uint32_t block = 0; block < test + control; ++block) {
        controls += slots[4U * block].series == Series::kControl ? 1 : 0;
        const double share = static_cast<double>(block + 1) * control / (test + control);
        EXPECT_NEAR(controls, share, 1.0) << test << " test blocks, " << control << " control blocks, block " << block;
      }
      EXPECT_EQ(controls, control);
    }
  }
}

TEST(MakeSchedule, NoControls_IsTestBlocksOnly) {
  for (const Slot& slot : make_schedule(1, 0, 3, 0)) EXPECT_EQ(slot.series, Series::kTest);
  EXPECT_TRUE(make_schedule(1, 0, 0, 0).empty());
}

TEST(BlocksForBudget, AnyBudget_StaysInsideTheStatedBounds) {
  for (const double budget : {0.0, 1e-6, 0.5, 3.0, 8.0, 1e3, 1e9, std::numeric_limits<double>::infinity()}) {
    for (const double seconds : {0.0, 1e-9, 1e-3, 0.2, 5.0, 1e4}) {
      for (const std::uint32_t launches : {1U, 3U, 100U}) {
        const BlockCounts blocks = blocks_for_budget(budget, launches, seconds, seconds / 3);
        EXPECT_GE(blocks.test, 2U);
        EXPECT_LE(blocks.test, 16U);
        EXPECT_GE(blocks.control, 1U);
        EXPECT_EQ(blocks.test, 2 * blocks.control);  // a third of the blocks
      }
    }
  }
}

// A margin needs 6 control pairs, and a block holds two.
TEST(BlocksForBudget, ThreeLaunchesOrMore_GiveSixControlPairs) {
  for (std::uint32_t launches = 3; launches <= 20; ++launches) {
    EXPECT_GE(2 * blocks_for_budget(0.001, launches, 10, 10).control * launches, 6U);
  }
}

TEST(BlocksForBudget, BudgetOfTwoTriples_IsUsedAndNotExceeded) {
  // One triple (two test blocks, one control) costs 8 baseline and 4 candidate samples: 8 * 0.1 + 4 * 0.05 = 1 s.
  const BlockCounts blocks = blocks_for_budget(3 * 2.5, 3, 0.1, 0.05);
  EXPECT_EQ(blocks.test, 4U);
  EXPECT_EQ(blocks.control, 2U);
}

}  // namespace
}  // namespace assay::plan
