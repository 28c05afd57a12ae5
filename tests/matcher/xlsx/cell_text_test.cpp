// Any bytes become text that XML holds and Excel reads back.
#include "matcher/xlsx/cell_text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using std::string_view_literals::operator""sv;

std::string cell_text(std::string_view text) {
  std::string out = "old";
  matcher::make_cell_text(out, text);
  return out;
}

TEST(MakeCellText, OrdinaryText_IsUnchanged) {
  for (const std::string_view text : {""sv,
                                      "Ana Mar\xC3\xAD"
                                      "a"sv,
                                      "a\tb\nc"sv, "_x"sv, "snake_case_x12_"sv, "<&>\x7F"sv}) {
    EXPECT_EQ(cell_text(text), text);
  }
}

TEST(MakeCellText, ControlCharacters_AreEscapedAsExcelDoes) {
  EXPECT_EQ(cell_text("a\x01\x1F\0\r"sv), "a_x0001__x001F__x0000__x000D_");
  EXPECT_EQ(cell_text("\xEF\xBF\xBE\xEF\xBF\xBF"), "_xFFFE__xFFFF_");
}

TEST(MakeCellText, WhatLooksLikeAnEscape_IsEscapedItself) {
  EXPECT_EQ(cell_text("_x0001_"), "_x005F_x0001_");
  EXPECT_EQ(cell_text("__xABcd__x00g1_"), "__x005F_xABcd__x00g1_");
}

TEST(MakeCellText, BytesThatAreNotUtf8_BecomeTheReplacementCharacter) {
  EXPECT_EQ(cell_text("a\xFF\xC3"), "a\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(cell_text("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  // half a surrogate pair
}

TEST(MakeCellText, Length_IsInUtf16UnitsBeforeEscaping) {
  std::string out;
  EXPECT_EQ(matcher::make_cell_text(out, "a\x01\xC3\xB1\xF0\x9F\x98\x80"), 5U);
}

}  // namespace
