// Questions about the letters around a place of a text, as the phonetic rules ask them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "matcher/text/ascii.hpp"

namespace matcher {

// A set of lower-case letters and the space, made at compile time: one bit test instead of a search.
class LetterSet {
 public:
  template <std::size_t N>
  constexpr LetterSet(const char (&letters)[N]) {  // NOLINT(google-explicit-constructor): rules read as in(i, "aou")
    for (std::size_t k = 0; k + 1 < N; ++k) members_ |= bit(letters[k]);
  }

  [[nodiscard]] constexpr bool contains(char letter) const { return (members_ & bit(letter)) != 0; }

 private:
  // No bit for anything else.
  static constexpr std::uint32_t bit(char letter) {
    if (is_ascii_lower(letter)) return std::uint32_t{1} << (letter - 'a');
    return letter == ' ' ? std::uint32_t{1} << 26 : 0;
  }

  std::uint32_t members_ = 0;
};

// The text without white space at its ends, read in lower case. Every place may be asked about: outside the text no
// letter and no word is found.
class LetterWindow {
 public:
  explicit LetterWindow(std::string_view text) : text_(trim_ascii(text)), length_(static_cast<int>(text_.size())) {}

  [[nodiscard]] int length() const { return length_; }

  // The letter at i in lower case, '\0' outside the text.
  [[nodiscard]] char at(int i) const {
    if (i < 0 || i >= length_) return '\0';
    return ascii_lower(text_[static_cast<std::size_t>(i)]);
  }

  template <std::size_t N>
  [[nodiscard]] bool has(int start, const char (&word)[N]) const {
    constexpr int kWordLength = static_cast<int>(N) - 1;
    if (start < 0 || start + kWordLength > length_) return false;
    for (int k = 0; k < kWordLength; ++k) {
      if (at(start + k) != word[k]) return false;
    }
    return true;
  }

  template <typename... Words>
  [[nodiscard]] bool any(int start, const Words&... words) const {
    return (has(start, words) || ...);
  }

  // True if the letter at i is one of `letters`; false outside the text.
  [[nodiscard]] bool in(int i, LetterSet letters) const { return letters.contains(at(i)); }

  [[nodiscard]] bool vowel(int i) const { return in(i, "aeiouy"); }
  [[nodiscard]] bool last(int i) const { return i == length_ - 1; }

 private:
  std::string_view text_;
  int length_;
};

}  // namespace matcher
