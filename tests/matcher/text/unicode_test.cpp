// The properties behind normalization, at the scalars where a wrong table shows.
#include "matcher/text/unicode.hpp"

#include <gtest/gtest.h>

#include <initializer_list>

namespace matcher {
namespace {

TEST(IsWhiteSpace, ListOfTheStandard_IsExact) {
  int count = 0;
  for (char32_t scalar = 0; scalar < 0x110000; ++scalar) count += is_white_space(scalar) ? 1 : 0;
  EXPECT_EQ(count, 25);  // Unicode PropList.txt
  for (const char32_t scalar : std::initializer_list<char32_t>{0x09, 0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000, 0x200A,
                                                               0x2028, 0x2029, 0x202F, 0x205F, 0x3000}) {
    EXPECT_TRUE(is_white_space(scalar)) << std::hex << static_cast<unsigned>(scalar);
  }
  for (const char32_t scalar : std::initializer_list<char32_t>{0x08, 0x0E, 0x1C, 0x1F, 0x180E, 0x200B, 0xFEFF}) {
    EXPECT_FALSE(is_white_space(scalar)) << std::hex << static_cast<unsigned>(scalar);
  }
}

TEST(IsCombiningMark, AllThreeKinds_AreMarks) {
  EXPECT_TRUE(is_combining_mark(0x0301));   // Mn
  EXPECT_TRUE(is_combining_mark(0x0903));   // Mc
  EXPECT_TRUE(is_combining_mark(0x20DD));   // Me
  EXPECT_FALSE(is_combining_mark(0x02BC));  // modifier letter apostrophe
  EXPECT_FALSE(is_combining_mark('a'));
}

TEST(IsCased, LettersOutsideTheLetterCategories_AreCased) {
  for (const char32_t scalar : std::initializer_list<char32_t>{0x41, 0x7A, 0x01C5, 0x00AA, 0x02B0, 0x0345, 0x2160,
                                                               0x217F, 0x24B6, 0x24E9, 0x1F189}) {
    EXPECT_TRUE(is_cased(scalar)) << std::hex << static_cast<unsigned>(scalar);
  }
  for (const char32_t scalar : std::initializer_list<char32_t>{0x30, 0x5F, 0x4E2D, 0x02C2, 0x2180, 0x24EA, 0x1F18A}) {
    EXPECT_FALSE(is_cased(scalar)) << std::hex << static_cast<unsigned>(scalar);
  }
}

TEST(IsCaseIgnorable, MarksAndWordPunctuation_AreIgnorable) {
  for (const char32_t scalar :
       std::initializer_list<char32_t>{0x27, 0x2E, 0x3A, 0x5E, 0xAD, 0xB7, 0x0301, 0x2019, 0x02B0, 0xFF1A}) {
    EXPECT_TRUE(is_case_ignorable(scalar)) << std::hex << static_cast<unsigned>(scalar);
  }
  for (const char32_t scalar : std::initializer_list<char32_t>{0x20, 0x2C, 0x2D, 0x41, 0x0903}) {
    EXPECT_FALSE(is_case_ignorable(scalar)) << std::hex << static_cast<unsigned>(scalar);
  }
}

}  // namespace
}  // namespace matcher
