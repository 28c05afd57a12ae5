// The textbook scorer on cases that were worked out by hand.
#include "matcher/similarity/scalar.hpp"

#include <gtest/gtest.h>

#include <string>

namespace matcher {
namespace {

TEST(Levenshtein, EmptyAgainstWord_IsWordLength) {
  EXPECT_EQ(levenshtein_distance_scalar(U"", U"smith"), 5U);
  EXPECT_EQ(levenshtein_distance_scalar(U"smith", U""), 5U);
  EXPECT_EQ(levenshtein_distance_scalar(U"", U""), 0U);
}

TEST(Levenshtein, KnownWords_HaveTheirDistance) {
  EXPECT_EQ(levenshtein_distance_scalar_ascii("kitten", "sitting"), 3U);
  EXPECT_EQ(levenshtein_distance_scalar_ascii("saturday", "sunday"), 3U);
  EXPECT_EQ(levenshtein_distance_scalar_ascii("jmaes", "james"), 2U);  // a transposition is two edits
  EXPECT_EQ(levenshtein_distance_scalar_ascii("abc", "abc"), 0U);
}

TEST(Levenshtein, AccentedLetter_IsOneEdit) {
  EXPECT_EQ(levenshtein_distance_scalar(U"jos\u00E9", U"jose"), 1U);
}

TEST(Levenshtein, AboveTheCutoff_IsCutoffPlusOne) {
  EXPECT_EQ(levenshtein_distance_scalar_ascii("kitten", "sitting", 3), 3U);
  EXPECT_EQ(levenshtein_distance_scalar_ascii("kitten", "sitting", 2), 3U);
  EXPECT_EQ(levenshtein_distance_scalar_ascii("kitten", "sitting", 1), 2U);
  EXPECT_EQ(levenshtein_distance_scalar_ascii("kitten", "kitten", 0), 0U);
}

TEST(ScoreScalar, ClassicNames_HaveTheirParts) {
  EXPECT_EQ(score_scalar(U"MARTHA", U"MARHTA"), (ScoreParts{2, 6, 2, 3}));
  EXPECT_EQ(score_scalar(U"DIXON", U"DICKSONX"), (ScoreParts{4, 4, 0, 2}));
  EXPECT_EQ(score_scalar(U"DWAYNE", U"DUANE"), (ScoreParts{2, 4, 0, 1}));
  EXPECT_EQ(score_scalar(U"LARSON", U"LOGAN"), (ScoreParts{4, 3, 0, 1}));
}

TEST(ScoreScalar, OneSymbolEach_WindowIsZeroNotNegative) {
  EXPECT_EQ(score_scalar(U"a", U"a"), (ScoreParts{0, 1, 0, 1}));
  EXPECT_EQ(score_scalar(U"ab", U"ba"), (ScoreParts{2, 0, 0, 0}));    // window 2/2-1 = 0
  EXPECT_EQ(score_scalar(U"abc", U"bca"), (ScoreParts{2, 0, 0, 0}));  // window 3/2-1 = 0
  EXPECT_EQ(score_scalar(U"abcd", U"badc"), (ScoreParts{3, 4, 4, 0}));
}

TEST(ScoreScalar, EmptySide_HasNoMatches) {
  EXPECT_EQ(score_scalar(U"", U""), (ScoreParts{0, 0, 0, 0}));
  EXPECT_EQ(score_scalar(U"", U"abc"), (ScoreParts{3, 0, 0, 0}));
  EXPECT_EQ(score_scalar(U"abc", U""), (ScoreParts{3, 0, 0, 0}));
}

TEST(ScoreScalar, Prefix_IsAtMostFourAndAtMostTheShorterText) {
  EXPECT_EQ(score_scalar(U"abcdef", U"abcdef").prefix, 4U);
  EXPECT_EQ(score_scalar(U"ab", U"abcdef").prefix, 2U);
  EXPECT_EQ(score_scalar(U"abcdef", U"abc").prefix, 3U);
}

TEST(ScoreScalar, OddNumberOutOfOrder_IsNotHalvedHere) {
  EXPECT_EQ(score_scalar(U"abcdefgh", U"bcadefgh").half_transpositions, 3U);
}

TEST(ScoreScalar, ArgumentOrder_DoesNotMatter) {
  for (const auto& [left, right] : {std::pair{U"MARTHA", U"MARHTAS"}, {U"aabab", U"babaaab"}, {U"abcabc", U"cabc"}}) {
    EXPECT_EQ(score_scalar(left, right), score_scalar(right, left));
  }
}

TEST(ScoreScalar, LongerThanTheStackBuffer_IsCountedTheSame) {
  const std::u32string left(1000, U'a');
  std::u32string right = left;
  right[500] = U'b';
  EXPECT_EQ(score_scalar(left, right), (ScoreParts{1, 999, 0, 4}));
}

TEST(ScoreScalarAscii, SameText_EqualsTheWideOverload) {
  EXPECT_EQ(score_scalar_ascii("MARTHA", "MARHTA"), score_scalar(U"MARTHA", U"MARHTA"));
}

}  // namespace
}  // namespace matcher
