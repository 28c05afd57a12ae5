// The right table of block kernels: 32 records side by side, word by word, texts aligned to their ends.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "matcher/gpu/layout/alphabet.hpp"
#include "matcher/gpu/layout/views.hpp"

namespace matcher::gpu {

// Arrays of the host. Position i holds texts[chosen[i]]; the last tile is filled up with empty texts.
struct TileTable {
  std::vector<std::uint32_t> words;
  std::vector<TextLength> lengths;
  std::vector<std::uint32_t> prefixes;
  std::vector<std::uint32_t> presence;
  std::uint32_t records = 0;

  [[nodiscard]] Tiles view() const {
    return {
        words.data(), lengths.data(), prefixes.data(), presence.data(), static_cast<std::uint32_t>(lengths.size() / 32),
        records};
  }
};

// Slots are FiveBitSlots if alphabet.fits_five_bits(), else EightBitSlots (kernels/right_aligned.cuh). REQUIRES:
// `slots` is a multiple of 4, the chosen texts are no longer, and the alphabet covers them.
[[nodiscard]] TileTable make_tiles(std::span<const std::u32string> texts, std::span<const std::uint32_t> chosen,
                                   const Alphabet& alphabet, std::uint32_t slots);

}  // namespace matcher::gpu
