// Codes for symbols: characters, not bytes.
#include "matcher/gpu/layout/alphabet.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace matcher::gpu {
namespace {

using Texts = std::vector<std::u32string>;

// `count` different symbols, the i-th of them i times.
std::u32string staircase(char32_t first, std::size_t count) {
  std::u32string text;
  for (std::size_t i = 1; i <= count; ++i) text.append(i, first + static_cast<char32_t>(i));
  return text;
}

TEST(Alphabet, AccentedLetter_IsOneSymbolOfItsOwn) {
  const Alphabet alphabet = Alphabet::of(Texts{U"jos\u00e9"}, Texts{U"jose", U"\U0001F600"});
  EXPECT_EQ(alphabet.codes(), 6U);
  const std::set<int> codes = {alphabet.code(U'j'), alphabet.code(U'o'),      alphabet.code(U's'),
                               alphabet.code(U'e'), alphabet.code(U'\u00e9'), alphabet.code(U'\U0001F600')};
  EXPECT_EQ(codes, (std::set<int>{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(alphabet.code(U'a'), 0);
  EXPECT_EQ(alphabet.code(U'\u00e8'), 0);
}

TEST(Alphabet, SymbolsOfBothTables_CountFromTheMostFrequent) {
  const Alphabet alphabet = Alphabet::of(Texts{U"bb", U"c"}, Texts{U"\u00e9\u00e9\u00e9", U"ba"});
  EXPECT_EQ(alphabet.code(U'b'), 1);
  EXPECT_EQ(alphabet.code(U'\u00e9'), 2);
  EXPECT_EQ(alphabet.code(U'a'), 3);
  EXPECT_EQ(alphabet.code(U'c'), 4);
}

TEST(Alphabet, ThirtyOneSymbols_FitFiveBitsAndOneMoreDoesNot) {
  EXPECT_TRUE(Alphabet::of(Texts{staircase(U'0', 31)}, {}).fits_five_bits());
  EXPECT_FALSE(Alphabet::of(Texts{staircase(U'0', 32)}, {}).fits_five_bits());
}

TEST(Alphabet, MoreSymbolsThanCodes_TheRarestHaveNone) {
  const Alphabet alphabet = Alphabet::of(Texts{staircase(0x4E00, 300)}, {});
  EXPECT_EQ(alphabet.codes(), 255U);
  EXPECT_EQ(alphabet.code(0x4E00 + 300), 1);
  EXPECT_EQ(alphabet.code(0x4E00 + 46), 255);
  EXPECT_EQ(alphabet.code(0x4E00 + 45), 0);
  EXPECT_TRUE(alphabet.covers(std::u32string{0x4E00 + 300, 0x4E00 + 46}));
  EXPECT_FALSE(alphabet.covers(std::u32string{0x4E00 + 300, 0x4E00 + 45}));
}

TEST(LengthOf, AnyText_CountsSymbolsAndBytesOfUtf8) {
  EXPECT_EQ(length_of(U""), (TextLength{0, 0}));
  EXPECT_EQ(length_of(U"jose"), (TextLength{4, 4}));
  EXPECT_EQ(length_of(U"jos\u00e9 \u4e00\U0001F600"), (TextLength{7, 13}));
}

}  // namespace
}  // namespace matcher::gpu
