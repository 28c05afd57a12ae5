// The boundaries of a repeated sign test, held against brute force over every walk.
#include "harness/stats/alpha_spending.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "harness/stats/sign_interval.hpp"

namespace assay::stats {
namespace {

using Looks = std::vector<std::size_t>;

// The look at which a walk (bit i: pair i is a success) first reaches its critical count; the number of looks if never.
std::size_t first_crossing(const SignBoundary& boundary, std::uint32_t walk) {
  for (std::size_t i = 0; i < boundary.looks.size(); ++i) {
    const std::uint32_t seen = walk & ((1U << boundary.looks[i]) - 1);
    if (boundary.critical[i] && std::popcount(seen) >= static_cast<int>(*boundary.critical[i])) return i;
  }
  return boundary.looks.size();
}

// Walks of 2^n that cross at each look, counted one by one.
std::vector<std::uint32_t> crossing_walks(const SignBoundary& boundary) {
  std::vector<std::uint32_t> crossing(boundary.looks.size() + 1);
  for (std::uint32_t walk = 0; walk < 1U << boundary.looks.back(); ++walk) ++crossing[first_crossing(boundary, walk)];
  return crossing;
}

TEST(SpendAlpha, EveryWalkOfTwentyPairs_CrossesAsOftenAsWasSpent) {
  for (const double alpha : {0.005, 0.05, 0.2}) {
    const SignBoundary boundary = spend_alpha(Looks{5, 8, 12, 16, 20}, alpha);
    const auto walks = crossing_walks(boundary);
    std::uint32_t crossed = 0;
    for (std::size_t i = 0; i < boundary.looks.size(); ++i) {
      crossed += walks[i];
      EXPECT_EQ(boundary.spent[i], std::ldexp(crossed, -20)) << alpha << ' ' << i;  // dyadic: no rounding anywhere
    }
  }
}

// The walks that cross if look `i`, and no other, asked for one success less.
std::uint32_t crossing_with_one_less(SignBoundary boundary, std::size_t i) {
  boundary.critical[i] = boundary.critical[i] ? *boundary.critical[i] - 1 : boundary.looks[i];
  boundary.looks.resize(i + 1);
  const std::uint32_t scale = 20U - static_cast<std::uint32_t>(boundary.looks.back());
  const auto walks = crossing_walks(boundary);
  return std::accumulate(walks.begin(), walks.end() - 1, 0U) << scale;
}

TEST(SpendAlpha, OneSuccessLessAtAnyLook_WouldOverspend) {
  for (const double alpha : {0.005, 0.05, 0.2}) {
    const SignBoundary boundary = spend_alpha(Looks{5, 8, 12, 16, 20}, alpha);
    for (std::size_t i = 0; i < boundary.looks.size(); ++i) {
      const double share = static_cast<double>(boundary.looks[i]) / 20;
      EXPECT_LE(boundary.spent[i], alpha * share * share) << alpha << ' ' << i;
      EXPECT_GT(std::ldexp(crossing_with_one_less(boundary, i), -20), alpha * share * share) << alpha << ' ' << i;
    }
  }
}

TEST(SpendAlpha, LookThatCannotDecide_LeavesItsShareToTheNext) {
  // At 8 of 16 pairs a quarter of 0.01 may be spent and 2^-8 is more; at 16 all of it: 14 of 16 would be 137 / 65536.
  const SignBoundary boundary = spend_alpha(Looks{8, 16}, 0.01);
  EXPECT_FALSE(boundary.critical[0]);
  EXPECT_EQ(boundary.spent[0], 0.0);
  EXPECT_EQ(boundary.critical[1], 14U);
  EXPECT_EQ(boundary.spent[1], 137.0 / 65536);
}

TEST(SpendAlpha, OneLook_IsTheSignTest) {
  for (const std::size_t pairs : {6U, 24U, 96U, 192U}) {
    const SignBoundary boundary = spend_alpha(Looks{pairs}, 0.05);
    ASSERT_TRUE(boundary.critical[0]) << pairs;
    const std::size_t failures = pairs - *boundary.critical[0];
    EXPECT_NEAR(boundary.spent[0], static_cast<double>(binomial_half_cdf(pairs, failures)), 1e-14) << pairs;
    EXPECT_GT(binomial_half_cdf(pairs, failures + 1), 0.05L) << pairs;
  }
}

TEST(SpendAlpha, ExactFit_IsSpent) {
  EXPECT_EQ(spend_alpha(Looks{5}, 1.0 / 32).critical[0], 5U);
  EXPECT_FALSE(spend_alpha(Looks{5}, 1.0 / 33).critical[0]);
}

TEST(SpendAlpha, NoLooks_IsEmpty) {
  EXPECT_TRUE(spend_alpha({}, 0.05).critical.empty());
}

// A walk that stops at the second look with 11 of 12: walks that crossed before, and those with 11 or more of 12 that
// did not.
TEST(StagewisePValue, EveryWalkOfTwelvePairs_IsCounted) {
  const SignBoundary boundary = spend_alpha(Looks{5, 8, 12}, 0.2);
  for (std::size_t successes = 0; successes <= 12; ++successes) {
    std::uint32_t as_extreme = 0;
    for (std::uint32_t walk = 0; walk < 1U << 12; ++walk) {
      const bool before = first_crossing(boundary, walk) < 2;
      as_extreme += before || std::popcount(walk) >= static_cast<int>(successes) ? 1 : 0;
    }
    EXPECT_EQ(stagewise_p_value(boundary, 2, successes), std::ldexp(as_extreme, -12)) << successes;
  }
  EXPECT_EQ(stagewise_p_value(boundary, 0, 5), 1.0 / 32);
}

// Each walk of twelve pairs, weighted by its own probability.
TEST(CrossingProbabilities, UnevenCoin_MatchesTheSumOverAllWalks) {
  const SignBoundary boundary = spend_alpha(Looks{5, 8, 12}, 0.2);
  for (const double success : {0.1, 0.5, 0.8, 1.0}) {
    std::vector<double> expected(4);
    for (std::uint32_t walk = 0; walk < 1U << 12; ++walk) {
      const int successes = std::popcount(walk);
      expected[first_crossing(boundary, walk)] += std::pow(success, successes) * std::pow(1 - success, 12 - successes);
    }
    const auto crossings = crossing_probabilities(boundary, success);
    ASSERT_EQ(crossings.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(crossings[i], expected[i], 1e-12) << success << ' ' << i;
  }
}

}  // namespace
}  // namespace assay::stats
