// The same integers as scalar.hpp, 64 cells at a time.
//
// Levenshtein: H. Hyyro, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", Nordic Journal
// of Computing 10 (2003), with the block carries of G. Myers, JACM 46 (1999). Jaro: the window and the free symbols of
// the right text are bit sets, so the first free equal symbol is one lowest-set-bit.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "matcher/similarity/score_parts.hpp"

namespace matcher {

// Equal to score_scalar for every pair. Two texts of at most 64 symbols: O(shorter text), nothing is allocated; longer
// ones: O(left x right / 64), scratch on the heap. Thread-safe.
[[nodiscard]] ScoreParts score_bit_parallel(std::u32string_view left, std::u32string_view right);

// The same for text whose bytes are its symbols, such as ASCII.
[[nodiscard]] ScoreParts score_bit_parallel_ascii(std::string_view left, std::string_view right);

// Levenshtein distance alone. Above `cutoff` the answer is cutoff + 1; a small cutoff is answered early.
[[nodiscard]] std::uint32_t levenshtein_distance_bit_parallel(
    std::u32string_view left, std::u32string_view right,
    std::uint32_t cutoff = std::numeric_limits<std::uint32_t>::max());
[[nodiscard]] std::uint32_t levenshtein_distance_bit_parallel_ascii(
    std::string_view left, std::string_view right, std::uint32_t cutoff = std::numeric_limits<std::uint32_t>::max());

}  // namespace matcher
