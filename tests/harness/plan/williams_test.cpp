// Williams squares: every arm in every position and after every other equally often, whatever the number of arms.
#include "harness/plan/williams.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace assay::plan {
namespace {

using Counts = std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t>;

TEST(WilliamsDesign, FourArms_AreTheTextbookSquare) {
  using testing::ElementsAre;
  EXPECT_THAT(williams_design(4), ElementsAre(ElementsAre(0, 1, 3, 2), ElementsAre(1, 2, 0, 3), ElementsAre(2, 3, 1, 0),
                                              ElementsAre(3, 0, 2, 1)));
}

TEST(WilliamsDesign, AnyNumberOfArms_IsBalancedForPositionAndCarryOver) {
  for (std::uint32_t arms = 2; arms <= 12; ++arms) {
    const auto design = williams_design(arms);
    const std::uint32_t squares = arms % 2 == 0 ? 1 : 2;
    ASSERT_EQ(design.size(), squares * arms);
    Counts at_position;
    Counts after;
    for (const auto& order : design) {
      ASSERT_EQ(std::set(order.begin(), order.end()).size(), arms);
      for (std::uint32_t i = 0; i < arms; ++i) ++at_position[{order[i], i}];
      for (std::uint32_t i = 1; i < arms; ++i) ++after[{order[i - 1], order[i]}];
    }
    EXPECT_EQ(at_position.size(), arms * arms) << arms;
    EXPECT_EQ(after.size(), arms * (arms - 1)) << arms;
    for (const auto& [_, count] : at_position) EXPECT_EQ(count, squares) << arms;
    for (const auto& [_, count] : after) EXPECT_EQ(count, squares) << arms;
  }
}

TEST(WilliamsDesign, OneArmAndNone_HaveOneOrderAndNone) {
  EXPECT_THAT(williams_design(1), testing::ElementsAre(testing::ElementsAre(0)));
  EXPECT_TRUE(williams_design(0).empty());
}

TEST(WilliamsSchedule, EveryBlock_IsAWholeDesign) {
  for (const std::uint32_t arms : {2U, 3U, 4U, 5U}) {
    const auto slots = make_williams_schedule(42, 1, 8, arms);
    const std::size_t length = williams_design(arms).size() * arms;
    ASSERT_EQ(slots.size(), 8 * length);
    Counts after;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      EXPECT_EQ(slots[i].block, i / length);
      EXPECT_EQ(slots[i].order, i % length / arms);
      EXPECT_EQ(slots[i].position, i % arms);
      if (slots[i].position > 0) ++after[{slots[i - 1].arm, slots[i].arm}];
    }
    EXPECT_EQ(after.size(), arms * (arms - 1));
    for (const auto& [_, count] : after) EXPECT_EQ(count, 8 * (arms % 2 == 0 ? 1 : 2));
  }
}

// Which two arms come first, over 3000 blocks: each of the twelve within five standard deviations of its share.
TEST(WilliamsSchedule, FirstTwoArms_AreDrawnFairly) {
  Counts first;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const auto slots = make_williams_schedule(seed, 0, 30, 4);
    for (std::size_t i = 0; i < slots.size(); i += 16) ++first[{slots[i].arm, slots[i + 1].arm}];
  }
  ASSERT_EQ(first.size(), 12U);
  const double deviation = std::sqrt(3000.0 / 12 * 11 / 12);
  for (const auto& [arms, count] : first) EXPECT_NEAR(count, 250, 5 * deviation) << arms.first << ' ' << arms.second;
}

// In the square as written the second order begins with the first one's second arm; shuffled, with any of three.
TEST(WilliamsSchedule, OrderOfOrders_IsDrawnToo) {
  double as_written = 0;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    const auto slots = make_williams_schedule(seed, 0, 1, 4);
    as_written += slots[4].arm == slots[1].arm ? 1 : 0;
  }
  EXPECT_NEAR(as_written, 1000, 5 * std::sqrt(3000.0 / 3 * 2 / 3));
}

std::vector<std::uint32_t> arms_of(std::uint64_t seed, std::uint32_t launch) {
  std::vector<std::uint32_t> arms;
  for (const WilliamsSlot& slot : make_williams_schedule(seed, launch, 6, 4)) arms.push_back(slot.arm);
  return arms;
}

TEST(WilliamsSchedule, SeedLaunchAndBlock_EachDrawAnew) {
  EXPECT_EQ(arms_of(42, 2), arms_of(42, 2));
  EXPECT_NE(arms_of(42, 2), arms_of(42, 3));
  EXPECT_NE(arms_of(42, 2), arms_of(43, 2));
  const auto arms = arms_of(42, 2);
  EXPECT_FALSE(std::equal(arms.begin(), arms.begin() + 16, arms.begin() + 16));
}

}  // namespace
}  // namespace assay::plan
