// One lane of a block kernel: a text of kSlots bytes in registers that ends in the last slot, against a pattern of at
// most 32 symbols. No branch and no loop is left, so lanes with texts of different lengths do the same instructions.
#pragma once

#include "matcher/gpu/kernels/bit_parallel.cuh"
#include "matcher/gpu/layout/views.hpp"

namespace matcher::gpu {

// How a byte of a tile says which symbol it is. Five bits: code << 2 | 1, so that its place in a table of words is one
// "and" away and its lowest bit tells a symbol from an empty slot. Eight bits: the code.
struct FiveBitSlots {
  static constexpr std::uint32_t kCodes = 32;
  static constexpr std::uint32_t kBits = 5;
  ASSAY_DEVICE static std::uint32_t code(std::uint32_t slot) { return slot >> 2; }
  ASSAY_DEVICE static std::uint32_t filled(std::uint32_t slot) { return slot & 1; }
};
struct EightBitSlots {
  static constexpr std::uint32_t kCodes = 256;
  static constexpr std::uint32_t kBits = 8;
  ASSAY_DEVICE static std::uint32_t code(std::uint32_t slot) { return slot; }
  ASSAY_DEVICE static std::uint32_t filled(std::uint32_t slot) { return slot != 0 ? 1 : 0; }
};

// This lane's text of a tile.
template <std::uint32_t kSlots>
struct SlotWords {
  static_assert(kSlots % 4 == 0 && kSlots <= 32);
  std::uint32_t words[kSlots / 4];

  ASSAY_DEVICE SlotWords(const Tiles& tiles, std::uint32_t position) {
    const std::uint32_t tile = position / kWarpLanes;
    ASSAY_UNROLL
    for (std::uint32_t w = 0; w < kSlots / 4; ++w) {
      words[w] = tiles.words[(std::uint64_t{tile} * (kSlots / 4) + w) * kWarpLanes + position % kWarpLanes];
    }
  }
  [[nodiscard]] ASSAY_DEVICE std::uint32_t slot(std::uint32_t i) const { return words[i / 4] >> (8 * (i % 4)) & 0xff; }
};

// `match(code)`: the mask of the pattern's places with that code; 0 for code 0. The prefix stays 0.
template <class Slots, std::uint32_t kSlots, class Matches>
ASSAY_DEVICE ScoreParts score_right_aligned(std::uint32_t pattern_length, std::uint32_t text_length,
                                            const SlotWords<kSlots>& text, const Matches& match) {
  EditColumn<std::uint32_t> column;
  JaroMatches<std::uint32_t> jaro;
  std::uint32_t masks[kSlots];
  std::uint32_t text_matched = 0;
  // The 2 window + 1 places around the text's symbol i are the high word of reach << i.
  const std::uint32_t window = jaro_window(pattern_length, text_length);
  const std::uint64_t reach = std::uint64_t{low_bits<std::uint32_t>(2 * window + 1)} << (32 - window);
  auto reach_high = static_cast<std::uint32_t>(reach >> 32);
  auto reach_low = static_cast<std::uint32_t>(reach);
  ASSAY_UNROLL
  for (std::uint32_t i = 0; i < kSlots; ++i) {
    const std::uint32_t slot = text.slot(i);
    const std::uint32_t filled = Slots::filled(slot);
    masks[i] = match(Slots::code(slot));
    column.advance(masks[i], filled);
    text_matched = text_matched * 2 + (jaro.take(masks[i], reach_high) ? 1U : 0U);
    reach_high = __funnelshift_l(reach_low, reach_high, filled);
    reach_low <<= filled;
  }
  std::uint32_t in_order = 0;
  std::uint32_t rest = jaro.used;
  ASSAY_UNROLL
  for (std::uint32_t i = 0; i < kSlots; ++i) {
    const std::uint32_t matched = 0U - (text_matched >> (kSlots - 1 - i) & 1);
    const std::uint32_t place = rest & (0U - rest) & matched;
    in_order += (masks[i] & place) != 0 ? 1U : 0U;
    rest ^= place;
  }
  const std::uint32_t matches = set_bits(jaro.used);
  return {column.distance(pattern_length, text_length), matches, matches - in_order, 0};
}

// Equal symbols at the start, from the first four codes of both texts, the first in the lowest byte and 0 behind the
// end.
ASSAY_DEVICE std::uint32_t common_prefix(std::uint32_t left_codes, std::uint32_t right_codes, std::uint32_t left_length,
                                         std::uint32_t right_length) {
  const std::uint32_t different = left_codes ^ right_codes;
  const std::uint32_t equal =
      different == 0 ? std::uint32_t{kLongestPrefix} : static_cast<std::uint32_t>(__ffs(different) - 1) / 8;
  return smaller(equal, smaller(left_length, right_length));
}

}  // namespace matcher::gpu
