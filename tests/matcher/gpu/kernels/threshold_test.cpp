// The integer tests let through everything that the formulas accept, and little more.
#include "matcher/gpu/kernels/threshold.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace matcher::gpu {
namespace {

constexpr double kPercents[] = {0, 33.3, 70, 80, 85, 85.55, 90, 95, 99.9, 100};

TEST(LevenshteinMayReach, EveryDistanceUpTo64Symbols_LosesNothing) {
  for (const double percent : kPercents) {
    const Threshold threshold = threshold_of(percent);
    for (std::uint32_t bytes = 0; bytes <= 256; ++bytes) {
      for (std::uint32_t distance = 0; distance <= std::min(bytes, 64U); ++distance) {
        const double found = levenshtein_percent(distance, bytes);
        const bool may = levenshtein_may_reach(threshold, distance, bytes);
        ASSERT_TRUE(may || !(found >= percent)) << distance << '/' << bytes << " at " << percent;
        ASSERT_FALSE(may && found < percent - 0.1001) << distance << '/' << bytes << " at " << percent;
      }
    }
  }
}

// Every combination of lengths, matches and transpositions; `visit` gets the prefix too.
template <class Visit>
void for_each_jaro(std::uint32_t longest, Visit visit) {
  for (std::uint32_t left = 0; left <= longest; ++left) {
    for (std::uint32_t right = left; right <= longest; ++right) {  // all of it is symmetric
      for (std::uint32_t matches = 0; matches <= left; ++matches) {
        for (std::uint32_t half = 0; half <= matches; half += 2) {
          for (std::uint32_t prefix = 0; prefix <= std::min(matches, kLongestPrefix); ++prefix) {
            visit(matches, half, prefix, left, right);
          }
        }
      }
    }
  }
}

TEST(JaroWinklerMayReach, EveryJaroUpTo32Symbols_LosesNothing) {
  std::size_t extra = 0, reached = 0;
  for_each_jaro(32, [&](auto matches, auto half, auto prefix, auto left, auto right) {
    const double found = jaro_winkler_percent(matches, half, prefix, left, right);
    for (const double percent : kPercents) {
      const bool may = jaro_winkler_may_reach(threshold_of(percent), matches, half, prefix, left, right);
      ASSERT_TRUE(may || !(found >= percent)) << matches << ' ' << half << ' ' << prefix << ' ' << left << ' ' << right;
      if (percent != 85) continue;
      reached += found >= percent ? 1 : 0;
      extra += may && found < percent ? 1 : 0;
    }
  });
  EXPECT_LT(extra * 1000, reached);
}

TEST(JaroWinklerMayReach, LongestTexts_DoNotOverflow) {
  for_each_jaro(64, [&](auto matches, auto half, auto prefix, auto left, auto right) {
    if (right < 62) return;
    const double found = jaro_winkler_percent(matches, half, prefix, left, right);
    for (const double percent : {80.0, 95.0, 100.0}) {
      const bool may = jaro_winkler_may_reach(threshold_of(percent), matches, half, prefix, left, right);
      ASSERT_TRUE(may || !(found >= percent));
      ASSERT_FALSE(may && found < percent - 0.1001 && found > 70.0);
    }
  });
}

TEST(MayReachWith, FewerMatchesInAnyOrder_NeverScoreHigher) {
  for_each_jaro(20, [&](auto matches, auto half, auto prefix, auto left, auto right) {
    const PairLengths lengths{left, right, right};
    for (const double percent : {80.0, 90.0}) {
      if (!accepts(percent, {right - matches, matches, half, prefix}, lengths)) continue;
      for (std::uint32_t most = matches; most <= left; ++most) {
        ASSERT_TRUE(may_reach_with(threshold_of(percent), most, prefix, lengths));
      }
    }
  });
}

}  // namespace
}  // namespace matcher::gpu
