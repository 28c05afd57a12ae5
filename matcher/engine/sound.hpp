// The phonetic code of a full name as one number.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace matcher {

// Packed code; equal numbers are equal codes unless is_digest, then only probably. 0: empty.
using Sound = std::uint64_t;

inline constexpr unsigned kLongestPackedCode = 15;
// Set in sounds of names whose equals under the case rule may sound otherwise (see PreparedTable).
inline constexpr Sound kUnsteadySound = Sound{1} << 61;

// A code beyond kLongestPackedCode symbols is represented by a digest.
[[nodiscard]] constexpr bool is_digest(Sound sound) {
  return ((sound >> 60) & 1) != 0;
}

// The Double Metaphone primary code of a phonetic text, at most `code_length` symbols, 0: full.
[[nodiscard]] Sound sound_of(std::string_view phonetic_text, unsigned code_length);

}  // namespace matcher
