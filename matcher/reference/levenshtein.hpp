// Levenshtein distance and its percentage.
#pragma once

#include <cstddef>
#include <string_view>

namespace matcher::reference {

// Fewest insertions, deletions and substitutions of one character that turn a into b. The full matrix: O(|a| |b|) time
// and space. Source: R. Wagner, M. Fischer, "The String-to-String Correction Problem", JACM 21(1), 1974.
[[nodiscard]] std::size_t levenshtein(std::u32string_view a, std::u32string_view b);

// What the percentage divides by. The audited matcher divides by bytes, although the distance counts characters.
enum class LengthUnit {
  kBytes,    // of UTF-8
  kScalars,  // Unicode scalar values
};

// (1 - distance / longer_length) x 100; 100 if longer_length is 0.
[[nodiscard]] double levenshtein_percent(std::size_t distance, std::size_t longer_length);

}  // namespace matcher::reference
