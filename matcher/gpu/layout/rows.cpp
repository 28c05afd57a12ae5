// Rows, presence masks and planes of codes.
#include "matcher/gpu/layout/rows.hpp"

#include <cassert>
#include <cstddef>

namespace matcher::gpu {

RowTable make_rows(std::span<const std::u32string> texts, std::span<const std::uint32_t> chosen,
                   const Alphabet& alphabet, std::uint32_t row_bytes) {
  RowTable table;
  table.symbols.assign(chosen.size() * row_bytes, 0);
  table.lengths.reserve(chosen.size());
  std::size_t start = 0;
  for (const std::uint32_t row : chosen) {
    const std::u32string& text = texts[row];
    assert(text.size() <= row_bytes);
    for (std::size_t i = 0; i < text.size(); ++i) table.symbols[start + i] = alphabet.code(text[i]);
    table.lengths.push_back(length_of(text));
    start += row_bytes;
  }
  return table;
}

std::uint32_t presence_of(const std::u32string& text, const Alphabet& alphabet) {
  std::uint32_t presence = 0;
  for (const char32_t symbol : text) presence |= std::uint32_t{1} << (alphabet.code(symbol) % 32);
  return presence;
}

PatternTable make_patterns(std::span<const std::u32string> texts, std::span<const std::uint32_t> chosen,
                           const Alphabet& alphabet) {
  PatternTable table{make_rows(texts, chosen, alphabet, kPatternSymbols), {}, {}};
  table.presence.reserve(chosen.size());
  table.planes.assign(chosen.size() * kBitPlanes, 0);
  std::size_t start = 0;
  for (const std::uint32_t row : chosen) {
    const std::u32string& text = texts[row];
    table.presence.push_back(presence_of(text, alphabet));
    for (std::size_t i = 0; i < text.size(); ++i) {
      const std::uint32_t code = alphabet.code(text[i]);
      for (std::size_t p = 0; p < kBitPlanes; ++p) table.planes[start + p] |= (code >> p & 1) << i;
    }
    start += kBitPlanes;
  }
  return table;
}

}  // namespace matcher::gpu
