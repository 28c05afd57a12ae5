// Rows, presence masks and planes of codes.
#include "matcher/gpu/layout/rows.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>

#include "matcher/gpu/layout/row_chunks.hpp"

namespace matcher::gpu {
namespace {

// Bit b of byte a goes to bit a of byte b. Hacker's Delight, 2nd edition, section 7-3.
std::uint64_t transposed(std::uint64_t bits) {
  std::uint64_t swapped = (bits ^ (bits >> 7)) & 0x00AA00AA00AA00AA;
  bits ^= swapped ^ (swapped << 7);
  swapped = (bits ^ (bits >> 14)) & 0x0000CCCC0000CCCC;
  bits ^= swapped ^ (swapped << 14);
  swapped = (bits ^ (bits >> 28)) & 0x00000000F0F0F0F0;
  return bits ^ swapped ^ (swapped << 28);
}

// Bit i of planes[p] is bit p of codes[i].
void write_planes(const std::array<std::uint8_t, kPatternSymbols>& codes, std::uint32_t* planes) {
  std::array<std::uint32_t, kBitPlanes> made{};
  for (std::uint32_t first = 0; first < kPatternSymbols; first += 8) {
    std::uint64_t eight = 0;
    for (std::uint32_t i = 0; i < 8; ++i) eight |= std::uint64_t{codes[first + i]} << (8 * i);
    eight = transposed(eight);
    for (std::uint32_t p = 0; p < kBitPlanes; ++p) {
      made[p] |= static_cast<std::uint32_t>(eight >> (8 * p) & 0xff) << first;
    }
  }
  std::copy(made.begin(), made.end(), planes);
}

}  // namespace

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

PatternTable make_patterns(const EncodedNames& names, std::span<const std::uint32_t> chosen, unsigned threads) {
  PatternTable table;
  table.symbols.resize(chosen.size() * kPatternSymbols);
  table.lengths.resize(chosen.size());
  table.presence.resize(chosen.size());
  table.planes.resize(chosen.size() * kBitPlanes);
  for_row_chunks(threads, chosen.size(), [&](unsigned /*lane*/, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      names.prefetch(chosen, i);
      const EncodedName& name = names.rows[chosen[i]];
      assert(name.readable());
      std::copy(name.codes.begin(), name.codes.end(), table.symbols.data() + i * kPatternSymbols);
      table.lengths[i] = name.length();
      table.presence[i] = name.presence;
      write_planes(name.codes, table.planes.data() + i * kBitPlanes);
    }
  });
  return table;
}

}  // namespace matcher::gpu
