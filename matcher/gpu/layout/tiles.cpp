// The transposition.
#include "matcher/gpu/layout/tiles.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>

#include "matcher/gpu/layout/rows.hpp"

namespace matcher::gpu {
namespace {

constexpr std::size_t kLanes = 32;
constexpr std::size_t kWordBytes = 4;

std::uint32_t prefix_of(const std::u32string& text, const Alphabet& alphabet) {
  std::uint32_t prefix = 0;
  for (std::size_t i = 0; i < std::min(text.size(), kWordBytes); ++i) {
    prefix |= std::uint32_t{alphabet.code(text[i])} << (8 * i);
  }
  return prefix;
}

}  // namespace

TileTable make_tiles(std::span<const std::u32string> texts, std::span<const std::uint32_t> chosen,
                     const Alphabet& alphabet, std::uint32_t slots) {
  const std::size_t tiles = (chosen.size() + kLanes - 1) / kLanes;
  const std::size_t words_per_text = slots / kWordBytes;
  TileTable table;
  table.records = static_cast<std::uint32_t>(chosen.size());
  table.words.assign(tiles * words_per_text * kLanes, 0);
  table.lengths.resize(tiles * kLanes);
  table.prefixes.resize(tiles * kLanes);
  table.presence.resize(tiles * kLanes);
  const bool five_bits = alphabet.fits_five_bits();
  for (std::size_t position = 0; position < chosen.size(); ++position) {
    const std::u32string& text = texts[chosen[position]];
    assert(text.size() <= slots);
    table.lengths[position] = length_of(text);
    table.prefixes[position] = prefix_of(text, alphabet);
    table.presence[position] = presence_of(text, alphabet);
    for (std::size_t i = 0; i < text.size(); ++i) {
      const std::size_t slot = slots - text.size() + i;
      const std::uint32_t code = alphabet.code(text[i]);
      const std::size_t word = (position / kLanes * words_per_text + slot / kWordBytes) * kLanes + position % kLanes;
      table.words[word] |= (five_bits ? code << 2 | 1 : code) << (8 * (slot % kWordBytes));
    }
  }
  return table;
}

}  // namespace matcher::gpu
