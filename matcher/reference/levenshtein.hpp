// Levenshtein distance and its percentage.
#pragma once

#include <cstddef>
#include <string_view>

namespace matcher::reference {

// Fewest insertions, deletions and substitutions of one character that turn a into b. The full matrix: O(|a| |b|) time
// and space. Source: R. Wagner, M. Fischer, "The String-to-String Correction Problem", JACM 21(1), 1974.
[[nodiscard]] std::size_t levenshtein(std::u32string_view a, std::u32string_view b);

// (1 - distance / longer_bytes) x 100; 100 if longer_bytes is 0. The denominator is the longer UTF-8 length in bytes,
// although the distance counts characters: the audited matcher does it so, and it is part of the definition.
[[nodiscard]] double levenshtein_percent(std::size_t distance, std::size_t longer_bytes);

}  // namespace matcher::reference
