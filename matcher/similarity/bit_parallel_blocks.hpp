// Bit-parallel scoring of texts of any length, 64 symbols of the right text per machine word.
#pragma once

#include <cstdint>
#include <string_view>

#include "matcher/similarity/score_parts.hpp"

namespace matcher {

// Equal to score_scalar. O(left x right / 64) time; scratch on the heap: right / 64 words per different symbol.
[[nodiscard]] ScoreParts score_blocks(std::u32string_view left, std::u32string_view right);

// Levenshtein distance, or cutoff + 1 if it is greater.
[[nodiscard]] std::uint32_t distance_blocks(std::u32string_view left, std::u32string_view right, std::uint32_t cutoff);

}  // namespace matcher
