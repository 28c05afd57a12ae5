// Soundex: runs, their ends, and what has no code.
#include "matcher/reference/soundex.hpp"

#include <gtest/gtest.h>

namespace {

using matcher::reference::soundex;

TEST(Soundex, Letters_HaveTheirDigits) {
  const std::string letters = "abcdefghijklmnopqrstuvwxyz";
  const std::string digits = "01230120022455012623010202";
  for (std::size_t i = 0; i < letters.size(); ++i) {
    EXPECT_EQ(soundex(std::string("a") + letters[i]), std::string("A") + digits[i] + "00") << letters[i];
  }
  EXPECT_EQ(soundex("Rupert"), "R163");
  EXPECT_EQ(soundex("RUPERT"), "R163");
}

TEST(Soundex, FewDigits_ArePadded) {
  EXPECT_EQ(soundex("Lee"), "L000");
  EXPECT_EQ(soundex("O"), "O000");
  EXPECT_EQ(soundex("smith"), "S530");
}

TEST(Soundex, MoreThanThreeDigits_AreCut) {
  EXPECT_EQ(soundex("Washington"), "W252");
}

TEST(Soundex, FirstLettersDigit_DoesNotSuppressTheNext) {
  EXPECT_EQ(soundex("Pfister"), "P123");
  EXPECT_EQ(soundex("Lloyd"), "L430");
}

TEST(Soundex, VowelsHAndW_EndARun) {
  EXPECT_EQ(soundex("Tymczak"), "T522");
  EXPECT_EQ(soundex("Ashcraft"), "A226");
  EXPECT_EQ(soundex("Swhwss"), "S200");
  EXPECT_EQ(soundex("Asws"), "A220");
}

TEST(Soundex, NonLetters_EndARun) {
  EXPECT_EQ(soundex("Os's"), "O220");
  EXPECT_EQ(soundex("as\u00e9s"), "A220");
  EXPECT_EQ(soundex("ass"), "A200");
}

TEST(Soundex, NonLettersAtTheStart_ArePassedOver) {
  EXPECT_EQ(soundex(" 'd\u00e9 la"), "D400");
  EXPECT_EQ(soundex("\u00e9mile"), "M400");
}

TEST(Soundex, NoAsciiLetter_HasNoCode) {
  EXPECT_EQ(soundex(""), std::nullopt);
  EXPECT_EQ(soundex(" 12-"), std::nullopt);
  EXPECT_EQ(soundex("\u674e\u00e9"), std::nullopt);
}

}  // namespace
