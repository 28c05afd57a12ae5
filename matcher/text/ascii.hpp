// Letters and spaces of ASCII, whatever the locale.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace matcher {

[[nodiscard]] constexpr bool is_ascii_upper(char byte) {
  return byte >= 'A' && byte <= 'Z';
}
[[nodiscard]] constexpr bool is_ascii_lower(char byte) {
  return byte >= 'a' && byte <= 'z';
}
[[nodiscard]] constexpr char ascii_lower(char byte) {
  return static_cast<char>(is_ascii_upper(byte) ? byte + ('a' - 'A') : byte);
}
// The ASCII part of White_Space.
[[nodiscard]] constexpr bool is_ascii_space(char byte) {
  return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

[[nodiscard]] constexpr std::string_view trim_ascii(std::string_view text) {
  while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_ascii_space(text.back())) text.remove_suffix(1);
  return text;
}

// Eight bytes at once, all below 0x80: capital letters to small ones.
[[nodiscard]] constexpr std::uint64_t ascii_lower_word(std::uint64_t word) {
  constexpr std::uint64_t kEach = 0x0101010101010101ULL;
  const std::uint64_t from_a = word + kEach * (0x80 - 'A');     // the high bit says: 'A' or beyond
  const std::uint64_t beyond_z = word + kEach * (0x7F - 'Z');   // beyond 'Z'
  return word | (((from_a ^ beyond_z) & (kEach * 0x80)) >> 2);  // 0x20 is what makes a letter small
}

// Writes text.size() bytes. REQUIRES: ASCII; the texts do not overlap.
inline void ascii_lower(std::string_view text, char* out) {
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  const auto lower_word_at = [&](std::size_t at) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, kWord);
    word = ascii_lower_word(word);
    std::memcpy(out + at, &word, kWord);
  };
  if (text.size() < kWord) {
    for (std::size_t i = 0; i < text.size(); ++i) out[i] = ascii_lower(text[i]);
    return;
  }
  for (std::size_t at = 0; at + kWord < text.size(); at += kWord) lower_word_at(at);
  lower_word_at(text.size() - kWord);  // overlaps the word before
}

}  // namespace matcher
