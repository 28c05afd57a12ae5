// The integer tests give the answers of the double formulas, and the formulas those of strsim 0.11.1.
#include "matcher/similarity/score.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace matcher {
namespace {

constexpr std::uint32_t kLongest = 64;

// Calls visit(matches, half_transpositions, left, right) for every combination that two texts can have.
template <typename Visit>
void for_each_jaro(Visit visit) {
  for (std::uint32_t left = 1; left <= kLongest; ++left) {
    for (std::uint32_t right = 1; right <= kLongest; ++right) {
      for (std::uint32_t matches = 0; matches <= std::min(left, right); ++matches) {
        for (std::uint32_t half = 0; half <= matches; ++half) visit(matches, half, left, right);
      }
    }
  }
}

TEST(LevenshteinPercent, KnownCases_HaveTheirPercent) {
  EXPECT_EQ(levenshtein_percent(0, 0), 100.0);
  EXPECT_EQ(levenshtein_percent(0, 7), 100.0);
  EXPECT_EQ(levenshtein_percent(7, 7), 0.0);
  EXPECT_NEAR(levenshtein_percent(1, 11), 90.909091, 1e-6);
}

TEST(LevenshteinPercent, AccentedText_IsDividedByBytes) {
  // "jose garcia" against "jos<e'> garc<i'>a": 2 edits, 11 scalars, 13 bytes.
  EXPECT_NEAR(levenshtein_percent(2, 13), (1.0 - 2.0 / 13.0) * 100.0, 1e-12);
  EXPECT_NEAR(levenshtein_percent(2, 14), 85.714286, 1e-6);
}

TEST(LevenshteinAtLeast85, EveryDistanceUpToLength2048_AgreesWithTheFormula) {
  std::uint32_t on_the_threshold = 0;
  for (std::uint32_t longest = 0; longest <= 2048; ++longest) {
    for (std::uint32_t distance = 0; distance <= longest; ++distance) {
      ASSERT_EQ(levenshtein_at_least_85(distance, longest), levenshtein_percent(distance, longest) >= 85.0)
          << distance << " of " << longest;
      on_the_threshold += 20 * distance == 3 * longest ? 1 : 0;
    }
  }
  EXPECT_EQ(on_the_threshold, 103U);  // 0/0, 3/20, 6/40, ...
}

TEST(LargestPercent, EveryJaro_IsTheGreatestOfThree) {
  for_each_jaro([](std::uint32_t matches, std::uint32_t half, std::uint32_t left, std::uint32_t right) {
    if ((matches + half + left + right) % 7 != 0) return;  // 100,000 of them suffice
    const std::uint32_t prefix = std::min(matches, kLongestPrefix);
    const std::uint32_t longest = std::max(left, right);
    const double expected =
        std::max({levenshtein_percent(longest - matches, longest), jaro(matches, half, left, right) * 100.0,
                  jaro_winkler_percent(matches, half, prefix, left, right)});
    ASSERT_EQ(largest_percent({longest - matches, matches, half, prefix}, left, right, longest), expected);
  });
}

TEST(Float, EveryJaro_IsWithinRoundingOfTheDouble) {
  for_each_jaro([](std::uint32_t matches, std::uint32_t half, std::uint32_t left, std::uint32_t right) {
    if ((matches + half + left + right) % 7 != 0) return;
    ASSERT_NEAR(jaro<float>(matches, half, left, right), jaro(matches, half, left, right), 3e-7);
    ASSERT_NEAR(levenshtein_percent<float>(matches, left), levenshtein_percent(matches, left), 2e-5);
  });
}

TEST(Jaro, EmptyTexts_AreOneOrZero) {
  EXPECT_EQ(jaro(0, 0, 0, 0), 1.0);
  EXPECT_EQ(jaro(0, 0, 0, 5), 0.0);
  EXPECT_EQ(jaro(0, 0, 5, 0), 0.0);
  EXPECT_EQ(jaro(0, 0, 5, 5), 0.0);
}

TEST(Jaro, KnownCases_HaveTheirSimilarity) {
  EXPECT_NEAR(jaro(6, 2, 6, 6), 0.944444, 1e-6);  // MARTHA MARHTA
  EXPECT_NEAR(jaro(4, 0, 5, 8), 0.766667, 1e-6);  // DIXON DICKSONX
  EXPECT_NEAR(jaro_winkler(6, 2, 3, 6, 6), 0.961111, 1e-6);
  EXPECT_NEAR(jaro_winkler(4, 0, 2, 5, 8), 0.813333, 1e-6);
}

TEST(Jaro, OddHalfTranspositions_AreHalvedDown) {
  EXPECT_EQ(jaro(6, 3, 8, 8), jaro(6, 2, 8, 8));
  EXPECT_EQ(jaro(6, 1, 8, 8), jaro(6, 0, 8, 8));
  EXPECT_LT(jaro(6, 2, 8, 8), jaro(6, 0, 8, 8));
}

TEST(JaroWinkler, JaroOfSevenTenths_IsDecidedByTheFormula) {
  // LARSON LOGAN: three matches in order, (3/6 + 3/5 + 3/3) / 3 is 7/10 and comes out just above it.
  EXPECT_GT(jaro(3, 0, 6, 5), 0.7);
  EXPECT_TRUE(jaro_exceeds_boost(3, 0, 6, 5));
  EXPECT_NEAR(jaro_winkler_percent(3, 0, 1, 6, 5), 73.0, 1e-9);
}

TEST(JaroWinkler, LowJaro_GetsNoReward) {
  EXPECT_EQ(jaro_winkler(2, 0, 2, 5, 5), jaro(2, 0, 5, 5));
}

TEST(JaroExceedsBoost, EveryCombinationUpToLength64_AgreesWithTheFormula) {
  std::uint32_t ties_up = 0;
  std::uint32_t ties_down = 0;
  for_each_jaro([&](std::uint32_t matches, std::uint32_t half, std::uint32_t left, std::uint32_t right) {
    const bool formula = jaro(matches, half, left, right) > 0.7;
    ASSERT_EQ(jaro_exceeds_boost(matches, half, left, right), formula)
        << matches << ' ' << half << ' ' << left << ' ' << right;
    if (matches == 0) return;
    const JaroFraction exact = jaro_fraction(matches, half, left, right);
    if (10 * exact.numerator == 7 * exact.denominator) ++(formula ? ties_up : ties_down);
  });
  EXPECT_GT(ties_up, 0U);  // the cliff is real, and rounding goes both ways: neither > nor >= in integers would do
  EXPECT_GT(ties_down, 0U);
}

TEST(JaroExceedsBoost, EmptyTexts_AreOneOrZero) {
  EXPECT_TRUE(jaro_exceeds_boost(0, 0, 0, 0));
  EXPECT_FALSE(jaro_exceeds_boost(0, 0, 0, 3));
}

TEST(JaroExceedsBoost, LengthsBeyondTheFractionLimit_UseTheFormula) {
  EXPECT_TRUE(jaro_exceeds_boost(4000000000U, 0, 4000000000U, 4000000000U));
  EXPECT_FALSE(jaro_exceeds_boost(1, 0, 4000000000U, 4000000000U));
}

TEST(JaroWinklerAtLeast85, EveryCombinationUpToLength64_AgreesWithTheFormula) {
  std::uint32_t ties = 0;
  for_each_jaro([&](std::uint32_t matches, std::uint32_t half, std::uint32_t left, std::uint32_t right) {
    const std::uint32_t longest_prefix = std::min({left, right, kLongestPrefix});
    for (std::uint32_t prefix = 0; prefix <= longest_prefix; ++prefix) {
      const bool formula = jaro_winkler_percent(matches, half, prefix, left, right) >= 85.0;
      ASSERT_EQ(jaro_winkler_at_least_85(matches, half, prefix, left, right), formula)
          << matches << ' ' << half << ' ' << prefix << ' ' << left << ' ' << right;
      if (matches == 0) continue;
      const JaroFraction exact = jaro_fraction(matches, half, left, right);
      const std::uint64_t reward = 2 * std::uint64_t{prefix} * (exact.denominator - exact.numerator);
      if (20 * exact.numerator + reward == 17 * exact.denominator) ++ties;
    }
  });
  EXPECT_GT(ties, 0U);
}

TEST(JaroWinklerAtLeast85, EmptyTexts_AreOneOrZero) {
  EXPECT_TRUE(jaro_winkler_at_least_85(0, 0, 0, 0, 0));
  EXPECT_FALSE(jaro_winkler_at_least_85(0, 0, 0, 3, 0));
}

}  // namespace
}  // namespace matcher
