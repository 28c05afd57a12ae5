// Levenshtein distance and percentage against values worked out by hand.
#include "matcher/reference/levenshtein.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using matcher::reference::levenshtein;
using matcher::reference::levenshtein_percent;

TEST(Levenshtein, BothEmpty_IsZero) {
  EXPECT_EQ(levenshtein(U"", U""), 0U);
}

TEST(Levenshtein, EmptyAgainstWord_IsWordLength) {
  EXPECT_EQ(levenshtein(U"", U"smith"), 5U);
  EXPECT_EQ(levenshtein(U"smith", U""), 5U);
}

TEST(Levenshtein, TextbookPairs_HaveTextbookDistances) {
  EXPECT_EQ(levenshtein(U"kitten", U"sitting"), 3U);
  EXPECT_EQ(levenshtein(U"saturday", U"sunday"), 3U);
  EXPECT_EQ(levenshtein(U"intention", U"execution"), 5U);
}

TEST(Levenshtein, AdjacentSwap_CostsTwo) {
  EXPECT_EQ(levenshtein(U"james", U"jmaes"), 2U);
}

TEST(Levenshtein, NonAscii_CountsCharactersNotBytes) {
  EXPECT_EQ(levenshtein(U"jos\u00e9", U"jose"), 1U);
  EXPECT_EQ(levenshtein(U"\U0001F600", U""), 1U);
}

TEST(Levenshtein, LongStrings_AreNotLimitedToAMachineWord) {
  const std::u32string a(65, U'a');
  const std::u32string b = U"b" + std::u32string(63, U'a') + U"b";
  EXPECT_EQ(levenshtein(a, b), 2U);
}

TEST(LevenshteinPercent, NoBytes_IsHundred) {
  EXPECT_EQ(levenshtein_percent(0, 0), 100.0);
}

TEST(LevenshteinPercent, Distance_IsRelativeToBytes) {
  EXPECT_DOUBLE_EQ(levenshtein_percent(1, 11), 100.0 * 10 / 11);
  EXPECT_EQ(levenshtein_percent(4, 4), 0.0);
}

}  // namespace
