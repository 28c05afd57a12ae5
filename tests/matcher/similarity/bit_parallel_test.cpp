// The bit-parallel scorer is bit-equal to the scalar one: fixed lengths around the word size and fresh random pairs.
#include "matcher/similarity/bit_parallel.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "matcher/similarity/bit_parallel_blocks.hpp"
#include "matcher/similarity/scalar.hpp"
#include "tests/scaled.hpp"

namespace matcher {
namespace {

using assay::testing::scaled;

// Draws texts and damaged copies of them. A text over k symbols uses the ASCII characters from '0' on; `wide` renames
// them to scalars of several scripts, beyond one byte.
class Texts {
 public:
  explicit Texts(std::uint32_t seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }

  std::string text(std::size_t length, std::size_t symbols) {
    std::string out(length, '\0');
    for (char& symbol : out) symbol = static_cast<char>('0' + below(symbols));
    return out;
  }

  std::string damaged(std::string text, std::size_t symbols, std::size_t edits) {
    for (std::size_t edit = 0; edit < edits; ++edit) {
      const char symbol = static_cast<char>('0' + below(symbols));
      const std::size_t at = below(text.size() + 1);
      switch (below(4)) {
        case 0:
          text.insert(at, 1, symbol);
          break;
        case 1:
          text.erase(std::min(at, text.size()), 1);
          break;
        case 2:
          if (at < text.size()) text[at] = symbol;
          break;
        default:
          if (at + 1 < text.size()) std::swap(text[at], text[at + 1]);
      }
    }
    return text;
  }

 private:
  std::mt19937 random_;
};

std::u32string wide(const std::string& text, char32_t stride) {
  std::u32string out;
  for (const char symbol : text) out.push_back(static_cast<char32_t>(symbol) * stride);
  return out;
}

void expect_equal_scores(const std::string& left, const std::string& right) {
  const ScoreParts expected = score_scalar_ascii(left, right);
  ASSERT_EQ(score_bit_parallel_ascii(left, right), expected) << left << " | " << right;
  for (const char32_t stride : {1U, 2U, 257U, 0x1FFU, 0x4001U}) {  // narrow, and several ways to collide in a hash
    ASSERT_EQ(score_bit_parallel(wide(left, stride), wide(right, stride)), expected)
        << left << " | " << right << " x " << static_cast<unsigned>(stride);
  }
}

void expect_equal_both_ways(const std::string& left, const std::string& right) {
  ASSERT_NO_FATAL_FAILURE(expect_equal_scores(left, right));
  ASSERT_NO_FATAL_FAILURE(expect_equal_scores(right, left));
}

TEST(BitParallel, LengthsAroundTheWordSize_EqualScalar) {
  Texts texts(1);
  const std::size_t lengths[] = {0, 1, 2, 3, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 66, 127, 128, 129, 130, 193};
  for (const std::size_t left : lengths) {
    for (const std::size_t right : lengths) {
      for (const std::size_t symbols : {1U, 2U, 4U, 26U, 70U}) {
        ASSERT_NO_FATAL_FAILURE(expect_equal_both_ways(texts.text(left, symbols), texts.text(right, symbols)));
      }
    }
  }
}

class BitParallelRandom : public testing::TestWithParam<std::uint32_t> {};

// 8 x 30,000 pairs, both argument orders: a third unrelated, the rest damaged copies.
TEST_P(BitParallelRandom, FreshPairs_EqualScalar) {
  Texts texts(GetParam());
  const std::size_t alphabets[] = {1, 2, 3, 5, 12, 26, 70};
  for (int round = 0; round < 30000; ++round) {
    const std::size_t symbols = alphabets[texts.below(7)];
    const std::size_t longest = texts.below(16) == 0 ? 131 : texts.below(4) == 0 ? 70 : 34;
    const std::string left = texts.text(texts.below(longest), symbols);
    const std::string right =
        texts.below(3) == 0 ? texts.text(texts.below(longest), symbols) : texts.damaged(left, symbols, texts.below(6));
    ASSERT_NO_FATAL_FAILURE(expect_equal_both_ways(left, right));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, BitParallelRandom, testing::Range(100U, 108U));

TEST(BitParallel, TenThousandSymbols_EqualScalar) {
  Texts texts(2);
  for (const std::size_t symbols : {2U, 26U}) {
    const std::string left = texts.text(scaled(10000), symbols);
    const std::string right = texts.damaged(left, symbols, scaled(900));
    ASSERT_EQ(score_bit_parallel_ascii(left, right), score_scalar_ascii(left, right)) << symbols;
    ASSERT_EQ(score_bit_parallel_ascii(right, left), score_scalar_ascii(right, left)) << symbols;
  }
}

TEST(BitParallel, ShortAgainstVeryLong_EqualScalar) {
  Texts texts(3);
  const std::string left = texts.text(40, 4);
  const std::string right = texts.text(5000, 4);
  ASSERT_EQ(score_bit_parallel_ascii(left, right), score_scalar_ascii(left, right));
  ASSERT_EQ(score_bit_parallel_ascii(right, left), score_scalar_ascii(right, left));
}

TEST(BitParallel, ZeroSymbol_IsNotTakenForPadding) {
  const std::string left("abcdefg\0", 8);  // the window of the zero reaches beyond the end of the right text
  const std::string right("abcdefghi");
  EXPECT_EQ(score_bit_parallel_ascii(left, right), score_scalar_ascii(left, right));
  EXPECT_EQ(score_bit_parallel_ascii(right, left), score_scalar_ascii(right, left));
  const std::u32string wide_left = {U'a', U'b', U'c', U'd', U'e', U'f', U'\u4E00', U'\0'};
  EXPECT_EQ(score_bit_parallel(wide_left, U"abcdefghi"), score_scalar(wide_left, U"abcdefghi"));
}

TEST(BitParallel, WideScalar_IsNotConfusedWithItsLowByte) {
  EXPECT_EQ(score_bit_parallel(U"\u0142", U"B"), (ScoreParts{1, 0, 0, 0}));  // U+0142 and U+0042
  EXPECT_EQ(score_bit_parallel(U"\u0142\u0143", U"\u0143\u0142"), (ScoreParts{2, 0, 0, 0}));
  EXPECT_EQ(score_bit_parallel(U"\u0142\u00FF", U"\u00FF\u00FF"), (ScoreParts{1, 1, 0, 0}));  // U+00FF is in use
}

TEST(BitParallel, AllScalarsDifferent_EqualScalar) {
  std::u32string left;
  std::u32string right;
  for (char32_t i = 0; i < 64; ++i) {
    left.push_back(0x10000 + i * 256);  // the same low byte
    right.push_back(0x20000 + i * 256);
  }
  EXPECT_EQ(score_bit_parallel(left, right), score_scalar(left, right));
  right[10] = left[12];
  EXPECT_EQ(score_bit_parallel(left, right), score_scalar(left, right));
}

TEST(BitParallelBlocks, OneWord_EqualsScalarToo) {
  Texts texts(4);
  for (int round = 0; round < 5000; ++round) {
    const std::u32string left = wide(texts.text(texts.below(40), 5), 1);
    const std::u32string right = wide(texts.text(texts.below(40), 5), 1);
    ASSERT_EQ(score_blocks(left, right), score_scalar(left, right));
  }
}

TEST(BitParallelDistance, EveryCutoff_EqualsScalar) {
  Texts texts(5);
  for (std::size_t round = 0; round < scaled(30000); ++round) {
    const std::size_t longest = texts.below(8) == 0 ? 200 : 30;
    const std::size_t symbols = 1 + texts.below(26);
    const std::string left = texts.text(texts.below(longest), symbols);
    const std::string right =
        texts.below(4) == 0 ? texts.text(texts.below(longest), symbols) : texts.damaged(left, symbols, texts.below(5));
    for (const std::uint32_t cutoff : {0U, 1U, 2U, 3U, 10U, 4294967295U}) {
      const std::uint32_t expected = levenshtein_distance_scalar_ascii(left, right, cutoff);
      ASSERT_EQ(levenshtein_distance_bit_parallel_ascii(left, right, cutoff), expected) << left << " | " << right;
      ASSERT_EQ(levenshtein_distance_bit_parallel_ascii(right, left, cutoff), expected) << right << " | " << left;
      ASSERT_EQ(levenshtein_distance_bit_parallel(wide(left, 300), wide(right, 300), cutoff), expected)
          << left << " | " << right;
    }
  }
}

TEST(BitParallelDistance, VeryLongTexts_EqualScalar) {
  Texts texts(6);
  const std::string left = texts.text(10000, 26);
  const std::string right = texts.damaged(left, 26, 40);
  const std::uint32_t expected = levenshtein_distance_scalar_ascii(left, right);
  EXPECT_EQ(levenshtein_distance_bit_parallel_ascii(left, right), expected);
  EXPECT_EQ(levenshtein_distance_bit_parallel_ascii(left, right, expected), expected);
  EXPECT_EQ(levenshtein_distance_bit_parallel_ascii(left, right, expected - 1), expected);
  EXPECT_EQ(levenshtein_distance_bit_parallel_ascii(left, right, 2), 3U);
}

}  // namespace
}  // namespace matcher
