// The right table of block kernels: 32 records side by side, word by word, texts aligned to their ends.
#pragma once

#include <cstdint>
#include <span>

#include "matcher/gpu/layout/encoded_names.hpp"
#include "matcher/gpu/layout/views.hpp"

namespace matcher::gpu {

// Arrays of the host. Position i holds the name of row chosen[i]; the last tile is filled up with empty texts.
struct TileTable {
  HostArray<std::uint32_t> words;
  HostArray<TextLength> lengths;
  HostArray<std::uint32_t> prefixes;
  HostArray<std::uint32_t> presence;
  std::uint32_t records = 0;

  [[nodiscard]] Tiles view() const {
    return {
        words.data(), lengths.data(), prefixes.data(), presence.data(), static_cast<std::uint32_t>(lengths.size() / 32),
        records};
  }
};

// Slots are FiveBitSlots if names.five_bits, else EightBitSlots (kernels/right_aligned.cuh). Divided among the threads.
// REQUIRES: `slots` is a multiple of 4 and at most kPatternSymbols, the chosen names are readable and no longer;
// threads > 0.
[[nodiscard]] TileTable make_tiles(const EncodedNames& names, std::span<const std::uint32_t> chosen,
                                   std::uint32_t slots, unsigned threads = 1);

}  // namespace matcher::gpu
