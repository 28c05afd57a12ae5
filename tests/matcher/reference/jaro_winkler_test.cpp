// Jaro and Jaro-Winkler against published values and the traps at 0.7.
#include "matcher/reference/jaro_winkler.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace {

using matcher::reference::count_jaro;
using matcher::reference::jaro;
using matcher::reference::jaro_winkler;
using matcher::reference::JaroCounts;

double jaro_of(std::u32string_view a, std::u32string_view b) {
  return jaro(count_jaro(a, b));
}
double jaro_winkler_of(std::u32string_view a, std::u32string_view b) {
  return jaro_winkler(count_jaro(a, b));
}

TEST(Jaro, BothEmpty_IsOne) {
  EXPECT_EQ(jaro_of(U"", U""), 1.0);
}

TEST(Jaro, OneEmpty_IsZero) {
  EXPECT_EQ(jaro_of(U"", U"a"), 0.0);
  EXPECT_EQ(jaro_of(U"a", U""), 0.0);
}

TEST(Jaro, SingleCharacters_MatchOnlyThemselves) {
  EXPECT_EQ(jaro_of(U"a", U"a"), 1.0);
  EXPECT_EQ(jaro_of(U"a", U"b"), 0.0);
}

TEST(Jaro, WindowOfZero_DoesNotReachTheNextCharacter) {
  EXPECT_EQ(jaro_of(U"ab", U"ba"), 0.0);
}

TEST(Jaro, WinklersExamples_HavePublishedValues) {
  EXPECT_NEAR(jaro_of(U"martha", U"marhta"), 0.944444, 1e-6);
  EXPECT_NEAR(jaro_of(U"dixon", U"dicksonx"), 0.766667, 1e-6);
  EXPECT_NEAR(jaro_of(U"dwayne", U"duane"), 0.822222, 1e-6);
  EXPECT_NEAR(jaro_of(U"jellyfish", U"smellyfish"), 0.896296, 1e-6);
}

TEST(JaroCounts, Martha_HasTwoCharactersOutOfOrder) {
  const JaroCounts counts = count_jaro(U"martha", U"marhta");
  EXPECT_EQ(counts.matches, 6U);
  EXPECT_EQ(counts.half_transpositions, 2U);
  EXPECT_EQ(counts.prefix, 3U);
}

// a b c d matched as b c a d: three positions differ, which is one transposition, not one and a half.
TEST(Jaro, OddHalfTranspositions_AreRoundedDown) {
  const JaroCounts counts = count_jaro(U"abcdxxxx", U"bcadyyyy");
  ASSERT_EQ(counts.matches, 4U);
  ASSERT_EQ(counts.half_transpositions, 3U);
  EXPECT_DOUBLE_EQ(jaro(counts), (4.0 / 8 + 4.0 / 8 + 3.0 / 4) / 3);
}

TEST(Jaro, RepeatedCharacters_AreTakenOnce) {
  EXPECT_EQ(count_jaro(U"aaaa", U"ab").matches, 1U);
}

TEST(JaroCounts, Prefix_IsAtMostFour) {
  EXPECT_EQ(count_jaro(U"smithson", U"smithers").prefix, 4U);
}

TEST(JaroCounts, Prefix_IsAtMostTheShorterLength) {
  EXPECT_EQ(count_jaro(U"al", U"alan").prefix, 2U);
}

TEST(JaroWinkler, WinklersExamples_HavePublishedValues) {
  EXPECT_NEAR(jaro_winkler_of(U"martha", U"marhta"), 0.961111, 1e-6);
  EXPECT_NEAR(jaro_winkler_of(U"dixon", U"dicksonx"), 0.813333, 1e-6);
  EXPECT_NEAR(jaro_winkler_of(U"dwayne", U"duane"), 0.840000, 1e-6);
}

TEST(JaroWinkler, JaroBelowSevenTenths_IsNotRaised) {
  const JaroCounts counts = count_jaro(U"abcxxxx", U"abcyyy");
  ASSERT_LT(jaro(counts), 0.7);
  ASSERT_GT(jaro(counts), 0.6);
  ASSERT_EQ(counts.prefix, 3U);
  EXPECT_EQ(jaro_winkler(counts), jaro(counts));
}

// larson / logan: 3 of 6, 3 of 5, in order, so Jaro is exactly 7/10; in this order of operations the doubles give a
// hair more, so it counts as greater than 0.7 and the common first letter raises it.
TEST(JaroWinkler, JaroOfSevenTenths_IsDecidedByTheLastBit) {
  const JaroCounts counts = count_jaro(U"larson", U"logan");
  ASSERT_EQ(counts.matches, 3U);
  ASSERT_EQ(counts.half_transpositions, 0U);
  ASSERT_EQ(counts.prefix, 1U);
  EXPECT_GT(jaro(counts), 0.7);
  EXPECT_NEAR(jaro_winkler(counts), 0.73, 1e-12);
}

}  // namespace
