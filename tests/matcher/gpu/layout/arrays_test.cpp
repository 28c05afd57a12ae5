// Rows, patterns, tiles and pairs, read back symbol by symbol.
#include <gtest/gtest.h>

#include <vector>

#include "matcher/gpu/layout/pairs.hpp"
#include "matcher/gpu/layout/rows.hpp"
#include "matcher/gpu/layout/tiles.hpp"

namespace matcher::gpu {
namespace {

using Texts = std::vector<std::u32string>;

// 40 texts of 0 to 12 symbols; with `many` symbols the alphabet needs eight bits.
Texts texts(bool many) {
  Texts made;
  std::uint32_t next = 7;
  for (std::size_t i = 0; i < 40; ++i) {
    std::u32string text;
    for (std::size_t j = 0; j < i % 13; ++j) {
      next = next * 1103515245 + 12345;
      text += many ? char32_t{0xE0} + (next >> 16) % 100 : U'a' + (next >> 16) % 20;
    }
    made.push_back(text);
  }
  return made;
}

std::vector<std::uint32_t> every_other(const Texts& from) {
  std::vector<std::uint32_t> rows;
  for (std::uint32_t i = 0; i < from.size(); i += 2) rows.push_back(static_cast<std::uint32_t>(from.size()) - 1 - i);
  return rows;
}

TEST(MakeRows, AnyText_StandsAtTheStartOfItsRowBeforeZeros) {
  const Texts from = texts(true);
  const Alphabet alphabet = Alphabet::of(from, {});
  const auto chosen = every_other(from);
  const RowTable table = make_rows(from, chosen, alphabet, 32);
  ASSERT_EQ(table.lengths.size(), chosen.size());
  for (std::uint32_t row = 0; row < chosen.size(); ++row) {
    const std::u32string& text = from[chosen[row]];
    const Text<std::uint8_t> found = table.view<32>().text(row);
    EXPECT_EQ(found.length, text.size());
    EXPECT_EQ(found.bytes, length_of(text).bytes);
    for (std::size_t i = 0; i < 32; ++i) EXPECT_EQ(found.symbols[i], i < text.size() ? alphabet.code(text[i]) : 0);
  }
}

TEST(MakePatterns, AnyText_HasItsPresenceAndPlanes) {
  const Texts from = texts(true);
  const Alphabet alphabet = Alphabet::of(from, {});
  const auto chosen = every_other(from);
  const PatternTable table = make_patterns(encode_names(from, alphabet), chosen);
  for (std::size_t row = 0; row < chosen.size(); ++row) {
    const std::u32string& text = from[chosen[row]];
    std::uint32_t presence = 0;
    for (std::size_t i = 0; i < 32; ++i) {
      std::uint32_t code = 0;
      for (std::size_t p = 0; p < kBitPlanes; ++p) code |= (table.planes[row * kBitPlanes + p] >> i & 1) << p;
      EXPECT_EQ(code, i < text.size() ? alphabet.code(text[i]) : 0);
      if (code != 0) presence |= 1U << (code & 31);
    }
    EXPECT_EQ(table.presence[row], presence);
  }
}

class Tiled : public testing::TestWithParam<bool> {};

TEST_P(Tiled, AnyText_EndsInTheLastSlotOfItsLane) {
  const Texts from = texts(GetParam());
  const Alphabet alphabet = Alphabet::of(from, {});
  ASSERT_EQ(alphabet.fits_five_bits(), !GetParam());
  std::vector<std::uint32_t> chosen = every_other(from);
  chosen.insert(chosen.end(), chosen.begin(), chosen.begin() + 15);  // 35: one tile and three of another
  const TileTable table = make_tiles(encode_names(from, alphabet), chosen, 16);
  const Tiles view = table.view();
  EXPECT_EQ(view.tiles, 2U);
  EXPECT_EQ(view.records, 35U);
  ASSERT_EQ(table.words.size(), 2U * 32 * 4);
  for (std::size_t position = 0; position < 64; ++position) {
    const std::u32string text = position < 35 ? from[chosen[position]] : U"";
    EXPECT_EQ(view.lengths[position], length_of(text));
    std::uint32_t presence = 0;
    for (const char32_t symbol : text) presence |= 1U << (alphabet.code(symbol) & 31);
    EXPECT_EQ(view.presence[position], presence);
    for (std::size_t slot = 0; slot < 16; ++slot) {
      const std::uint32_t word = view.words[(position / 32 * 4 + slot / 4) * 32 + position % 32];
      const std::size_t start = 16 - text.size();
      const std::uint32_t code = slot < start ? 0 : alphabet.code(text[slot - start]);
      const std::uint32_t expected = slot < start ? 0 : GetParam() ? code : code << 2 | 1;
      EXPECT_EQ(word >> (8 * (slot % 4)) & 0xff, expected);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_EQ(view.prefixes[position] >> (8 * i) & 0xff, i < text.size() ? alphabet.code(text[i]) : 0U);
    }
  }
}
INSTANTIATE_TEST_SUITE_P(FiveAndEightBits, Tiled, testing::Bool());

TEST(PackPairs, CodesAndScalars_StandOneBehindTheOther) {
  const Texts left = texts(true);
  const Texts right = texts(false);
  const Alphabet alphabet = Alphabet::of(left, right);
  const std::vector<RowPair> pairs = {{5, 0}, {39, 12}, {5, 7}, {0, 0}};
  const auto codes = pack_pairs<std::uint8_t>(left, right, pairs, alphabet);
  const auto scalars = pack_pairs<char32_t>(left, right, pairs, alphabet);
  const auto records = audited_pairs(left, right, pairs, alphabet);
  const AuditedPairs audited{records.data(), static_cast<std::uint32_t>(records.size())};
  ASSERT_EQ(codes.view().pairs, pairs.size());
  for (std::uint32_t i = 0; i < pairs.size(); ++i) {
    const auto check = [&](const std::u32string& text, auto code, auto scalar, auto record) {
      ASSERT_EQ(code.length, text.size());
      ASSERT_EQ(scalar.length, text.size());
      ASSERT_EQ(record.length, text.size());
      EXPECT_EQ(code.bytes, length_of(text).bytes);
      for (std::size_t j = 0; j < text.size(); ++j) {
        EXPECT_EQ(code.symbols[j], alphabet.code(text[j]));
        EXPECT_EQ(scalar.symbols[j], text[j]);
        EXPECT_EQ(record.symbols[j], alphabet.code(text[j]));
      }
    };
    check(left[pairs[i].left], codes.view().pair(i).left, scalars.view().pair(i).left, audited.pair(i).left);
    check(right[pairs[i].right], codes.view().pair(i).right, scalars.view().pair(i).right, audited.pair(i).right);
  }
}

}  // namespace
}  // namespace matcher::gpu
