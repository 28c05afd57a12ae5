// The scorers as the textbook has them: one cell, one flag at a time. The baseline that faster scorers must equal.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "matcher/similarity/score_parts.hpp"

namespace matcher {

// Levenshtein distance, Jaro counts and common prefix of two texts in Unicode scalars (or any other symbols).
//
// Jaro is greedy: each symbol of `left`, from its start, takes the first free equal symbol of `right` within
// max(left, right) / 2 - 1 places (at least 0). Symbol by symbol that merges two sorted lists of places, dropping the
// one that lies too far back, so the arguments may be exchanged.
// Time O(left x right). Thread-safe; texts up to 256 symbols allocate nothing.
[[nodiscard]] ScoreParts score_scalar(std::u32string_view left, std::u32string_view right);
[[nodiscard]] ScoreParts score_scalar_ascii(std::string_view left, std::string_view right);

// Levenshtein distance alone. Above `cutoff` the answer is cutoff + 1.
[[nodiscard]] std::uint32_t levenshtein_distance_scalar(
    std::u32string_view left, std::u32string_view right,
    std::uint32_t cutoff = std::numeric_limits<std::uint32_t>::max());
[[nodiscard]] std::uint32_t levenshtein_distance_scalar_ascii(
    std::string_view left, std::string_view right, std::uint32_t cutoff = std::numeric_limits<std::uint32_t>::max());

}  // namespace matcher
