// Letters as Unicode scalar values: UTF-8, accents and their removal, case, and a plausible wrong letter.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "datasets/generate/draws.hpp"

namespace assay::datasets {

// REQUIRES: valid UTF-8 (the generator's own names). Replaces *letters.
void decode_utf8(std::string_view text, std::u32string* letters);
void append_utf8(char32_t letter, std::string* text);
[[nodiscard]] std::string encode_utf8(std::u32string_view letters);

// Cuts the text after its first letter. REQUIRES: not empty.
void keep_initial(std::string* text);

// Letters proper: everything but space, hyphen, apostrophe, full stop, combining marks and joiners.
[[nodiscard]] bool is_letter(char32_t letter);

// Simple upper and lower case of Latin, Greek and Cyrillic letters; others are returned unchanged.
[[nodiscard]] char32_t upper(char32_t letter);
[[nodiscard]] char32_t lower(char32_t letter);

// A letter of the same script and case that differs from the given one: a neighbour on the keyboard half of the time
// for ASCII letters, else any. REQUIRES: is_letter(letter).
[[nodiscard]] char32_t wrong_letter(char32_t letter, Draws& draws);

// Composed letters and what they are made of (Unicode canonical decomposition, UAX #15).
class Accents {
 public:
  // Parses rows of `composed,base,mark` in hexadecimal, after a heading line.
  explicit Accents(std::string_view csv);

  // "Dvorak" for the Czech name with its three accents; letters without a decomposition (o with stroke, sharp s) become
  // the usual ASCII ones. Letters of scripts without Latin base keep their base letter only.
  [[nodiscard]] std::u32string without_accents(std::u32string_view letters) const;

  // Canonical decomposition (NFD) of what the table knows.
  [[nodiscard]] std::u32string decomposed(std::u32string_view letters) const;

 private:
  struct Parts {
    char32_t base;
    char32_t mark;
  };
  void append_decomposed(char32_t letter, std::u32string* out) const;
  std::unordered_map<char32_t, Parts> parts_;
};

}  // namespace assay::datasets
