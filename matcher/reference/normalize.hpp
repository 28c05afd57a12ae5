// The three normal forms of a name. Invalid UTF-8: each maximal invalid sequence is read as U+FFFD.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace matcher::reference {

// What makes the normal form of a part of a name.
enum class Normalizer {
  kText,  // normalize_text
  kRaw,   // nothing: the part as given
  kSimple,
  kPhonetic,
};

// Canonical decomposition, combining marks (Mn, Mc, Me) dropped, full lowercase of the whole string (root locale, final
// sigma by context), white space trimmed at both ends. Punctuation and inner spaces stay.
[[nodiscard]] std::string normalize_text(std::string_view utf8);

// The text itself, each maximal invalid sequence replaced by U+FFFD.
[[nodiscard]] std::string repaired(std::string_view utf8);

// White space trimmed at both ends; then per character: '.' dropped, '-' becomes a space, everything else its full
// lowercase without context. Accents stay.
[[nodiscard]] std::string normalize_simple(std::string_view utf8);

// Trimmed, decomposed, lowercased; ASCII letters stay, each run of ASCII white space is one space, sharp s is "ss",
// ae-ligature "ae", slashed o "o", d with stroke "d"; everything else is dropped; trimmed at the end.
[[nodiscard]] std::string normalize_for_phonetic(std::string_view utf8);

// True if there is nothing but white space.
[[nodiscard]] bool is_blank(std::string_view utf8);

[[nodiscard]] bool is_white_space(char32_t character);

// The Unicode scalar values of a text.
[[nodiscard]] std::u32string code_points(std::string_view utf8);

// The first characters of a text, all of a shorter one.
[[nodiscard]] std::string first_characters(std::string_view utf8, std::size_t count);

}  // namespace matcher::reference
