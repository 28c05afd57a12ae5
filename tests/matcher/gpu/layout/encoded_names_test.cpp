// Names into codes: which are readable, and that threads make no difference.
#include "matcher/gpu/layout/encoded_names.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace matcher::gpu {
namespace {

using Texts = std::vector<std::u32string>;

TEST(EncodeNames, AnyName_HasItsCodesLengthAndPresence) {
  const Texts names = {U"jos\u00e9", U"", std::u32string(32, U's')};
  const Alphabet alphabet = Alphabet::of(names, {});
  const EncodedNames encoded = encode_names(names, alphabet);
  EXPECT_TRUE(encoded.five_bits);
  ASSERT_EQ(encoded.rows.size(), names.size());
  for (std::size_t row = 0; row < names.size(); ++row) {
    const EncodedName& name = encoded.rows[row];
    EXPECT_TRUE(name.readable()) << row;
    EXPECT_EQ(name.length(), length_of(names[row])) << row;
    std::uint32_t presence = 0;
    for (std::size_t i = 0; i < kPatternSymbols; ++i) {
      const std::uint8_t code = i < names[row].size() ? alphabet.code(names[row][i]) : 0;
      EXPECT_EQ(name.codes[i], code) << row << ", " << i;
      if (code != 0) presence |= 1U << code;
    }
    EXPECT_EQ(name.presence, presence) << row;
  }
}

TEST(EncodeNames, LongNameOrSymbolWithoutCode_IsUnreadable) {
  const Alphabet alphabet = Alphabet::of(Texts{U"abc"}, {});
  const EncodedNames encoded = encode_names(Texts{std::u32string(33, U'a'), U"abd", U"abc"}, alphabet);
  EXPECT_FALSE(encoded.rows[0].readable());
  EXPECT_FALSE(encoded.rows[1].readable());
  EXPECT_TRUE(encoded.rows[2].readable());
  EXPECT_EQ(encoded.rows[1].codes, EncodedName{}.codes);
  EXPECT_EQ(encoded.rows[1].presence, 0U);
}

// More rows than a chunk has, of symbols that differ from chunk to chunk.
TEST(EncodeNames, SeveralThreads_GiveTheSame) {
  Texts names;
  for (std::size_t i = 0; i < 30'000; ++i) names.push_back({static_cast<char32_t>(U'a' + i / 1500), U'\u00e9', U'x'});
  const Alphabet alone = Alphabet::of(names, names);
  const NameSource waits = {names.size(), [&](std::size_t row, std::u32string& /*buffer*/) {
                              // So that no lane takes all chunks.
                              if (row % 8192 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
                              return std::u32string_view(names[row]);
                            }};
  const Alphabet together = Alphabet::of(waits, waits, 3);
  for (char32_t symbol = 0; symbol < 256; ++symbol)
    EXPECT_EQ(together.code(symbol), alone.code(symbol)) << static_cast<unsigned>(symbol);
  const EncodedNames expected = encode_names(names, alone);
  const EncodedNames encoded = encode_names(waits, together, 3);
  for (std::size_t row = 0; row < names.size(); ++row) {
    ASSERT_EQ(encoded.rows[row].codes, expected.rows[row].codes) << row;
    ASSERT_EQ(encoded.rows[row].length(), expected.rows[row].length()) << row;
    ASSERT_EQ(encoded.rows[row].presence, expected.rows[row].presence) << row;
  }
}

}  // namespace
}  // namespace matcher::gpu
