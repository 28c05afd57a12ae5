// Decoding of well-formed and damaged UTF-8.
#include "matcher/text/utf8.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>

namespace matcher {
namespace {

using namespace std::string_view_literals;

std::u32string decoded(std::string_view utf8) {
  std::u32string out = U"left over from an earlier call";
  decode_utf8(utf8, out);
  return out;
}

TEST(DecodeUtf8, Ascii_IsItself) {
  EXPECT_EQ(decoded("Smith"), U"Smith");
}

TEST(DecodeUtf8, Empty_IsEmpty) {
  EXPECT_EQ(decoded(""), U"");
}

TEST(DecodeUtf8, FirstAndLastScalarOfEachLength_RoundTrip) {
  for (const char32_t scalar :
       std::initializer_list<char32_t>{0x00, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF}) {
    std::string utf8;
    append_utf8(scalar, utf8);
    EXPECT_EQ(decoded(utf8), std::u32string(1, scalar)) << std::hex << static_cast<unsigned>(scalar);
  }
}

// The example table of Unicode 15, section 3.9 (table 3-8) and its neighbours.
TEST(DecodeUtf8, DamagedSequence_IsOneReplacementPerMaximalPart) {
  EXPECT_EQ(decoded("\xC0\xAF"sv), U"\uFFFD\uFFFD");                      // overlong
  EXPECT_EQ(decoded("\xE0\x80\x80"sv), U"\uFFFD\uFFFD\uFFFD");            // overlong
  EXPECT_EQ(decoded("\xED\xA0\x80"sv), U"\uFFFD\uFFFD\uFFFD");            // surrogate
  EXPECT_EQ(decoded("\xF4\x91\x92\x93"sv), U"\uFFFD\uFFFD\uFFFD\uFFFD");  // above U+10FFFF
  EXPECT_EQ(decoded("\xF0\x80\x80\x80"sv), U"\uFFFD\uFFFD\uFFFD\uFFFD");  // overlong
  EXPECT_EQ(decoded("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF"sv
                    "A"sv),
            U"\uFFFD\uFFFD\uFFFD\uFFFDA");
  EXPECT_EQ(decoded("a\x80z"sv), U"a\uFFFDz");  // continuation byte alone
  EXPECT_EQ(decoded("a\xFFz"sv), U"a\uFFFDz");
}

TEST(DecodeUtf8, TruncatedAtTheEnd_IsOneReplacement) {
  EXPECT_EQ(decoded("a\xC3"sv), U"a\uFFFD");
  EXPECT_EQ(decoded("a\xE2\x82"sv), U"a\uFFFD");
  EXPECT_EQ(decoded("a\xF0\x9F\x98"sv), U"a\uFFFD");
}

TEST(CountScalars, AnyBytes_CountsWhatDecodingGives) {
  for (const std::string_view text : {""sv, "Smith"sv, "Jos\xC3\xA9"sv, "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF"sv,
                                      "long enough for a word of eight bytes \xC5\x82"sv}) {
    EXPECT_EQ(count_scalars(text), decoded(text).size()) << text;
  }
}

TEST(IsAscii, HighByteAtEveryPlace_IsSeen) {
  const std::string ascii(21, 'x');
  EXPECT_TRUE(is_ascii(ascii));
  EXPECT_TRUE(is_ascii(""));
  for (std::size_t place = 0; place < ascii.size(); ++place) {
    std::string text = ascii;
    text[place] = '\x80';
    EXPECT_FALSE(is_ascii(text)) << place;
  }
}

}  // namespace
}  // namespace matcher
