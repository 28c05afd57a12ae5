// The half-performance size, from its definition.
#include "matcher/gpu/device/record/half_performance.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace matcher::gpu {
namespace {

// Hockney's flow: a piece of n items takes (n + half) / best seconds.
std::vector<SizedRate> hockney(double best, double half, int first_power, int last_power) {
  std::vector<SizedRate> rates;
  for (int power = first_power; power <= last_power; ++power) {
    const double items = std::exp2(power);
    rates.push_back({std::uint64_t{1} << power, best * items / (items + half)});
  }
  return rates;
}

TEST(HalfPerformance, FlowOfHockney_IsItsConstant) {
  const HalfPerformance found = half_performance(hockney(25e9, 65536, 10, 30));
  ASSERT_TRUE(found.items);
  EXPECT_NEAR(*found.items, 65536, 65536 * 1e-3);
  EXPECT_FALSE(found.at_most);
  EXPECT_NEAR(*half_performance(hockney(1, 50'000, 10, 24)).items, 50'000, 50'000 * 0.02);  // between two sizes
}

TEST(HalfPerformance, BetweenTwoSizes_IsLinearInTheLogarithmOfTheSize) {
  // Half of 8 lies a fifth of the way from 3 to 8, and so a fifth of the way from 2^12 to 2^14.
  const HalfPerformance found = half_performance({{1 << 14, 8}, {1 << 10, 1}, {1 << 12, 3}});
  ASSERT_TRUE(found.items);
  EXPECT_DOUBLE_EQ(*found.items, std::exp2(12.4));
}

TEST(HalfPerformance, ExactlyHalfAtASize_IsThatSize) {
  EXPECT_EQ(half_performance({{1024, 1}, {4096, 4}, {16384, 8}}), (HalfPerformance{4096.0, std::nullopt}));
  EXPECT_EQ(half_performance({{1024, 4}, {4096, 6}, {16384, 8}}), (HalfPerformance{1024.0, std::nullopt}));
}

TEST(HalfPerformance, SmallestSizeAboveHalf_IsAnUpperBoundOnly) {
  EXPECT_EQ(half_performance({{1024, 5}, {4096, 6}, {16384, 8}}), (HalfPerformance{std::nullopt, 1024}));
}

TEST(HalfPerformance, BestRateInTheMiddle_CountsAndTheFirstCrossingIsTaken) {
  EXPECT_EQ(half_performance({{1024, 2}, {4096, 5}, {16384, 10}, {65536, 4}}), (HalfPerformance{4096.0, std::nullopt}));
}

TEST(HalfPerformance, FewerThanThreeSizes_IsUnknown) {
  EXPECT_EQ(half_performance({}), HalfPerformance{});
  EXPECT_EQ(half_performance({{1024, 1}, {4096, 8}}), HalfPerformance{});
}

TEST(HalfPerformance, InARecord_WhatIsUnknownIsNull) {
  nlohmann::json object;
  put_half_performance(object, "half", {std::nullopt, 1024});
  EXPECT_EQ(object, (nlohmann::json{{"half", nullptr}, {"half_at_most", 1024}}));
  put_half_performance(object, "half", {4096.5, std::nullopt});
  EXPECT_EQ(object, (nlohmann::json{{"half", 4096.5}, {"half_at_most", nullptr}}));
}

}  // namespace
}  // namespace matcher::gpu
