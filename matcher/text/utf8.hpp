// UTF-8 to Unicode scalar values and back; damaged input never fails, it decodes to U+FFFD.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace matcher {

// Stands for a damaged sequence.
inline constexpr char32_t kReplacementScalar = 0xFFFD;

struct DecodedScalar {
  char32_t scalar = 0;
  std::uint32_t bytes = 0;  // consumed, at least 1
};

// Decodes the scalar that starts at byte `at`. A damaged sequence decodes to U+FFFD and consumes its maximal valid
// prefix (Unicode 15, section 3.9, "substitution of maximal subparts"; the same as Rust's String::from_utf8_lossy).
// REQUIRES: at < utf8.size().
[[nodiscard]] DecodedScalar decode_scalar(std::string_view utf8, std::size_t at);

// Appends one scalar. REQUIRES: scalar is a Unicode scalar value.
void append_utf8(char32_t scalar, std::string& out);

// Overwrites `out` with the scalars of `utf8`; its capacity is reused.
void decode_utf8(std::string_view utf8, std::u32string& out);

// The number of scalars decode_utf8 would give.
[[nodiscard]] std::size_t count_scalars(std::string_view utf8);

// True if every byte is below 0x80; then bytes and scalars are the same thing.
[[nodiscard]] inline bool is_ascii(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  const auto word_at = [&](std::size_t at) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, kWord);
    return word;
  };
  std::uint64_t seen = 0;
  if (text.size() < kWord) {
    for (const char byte : text) seen |= static_cast<std::uint8_t>(byte);
    return (seen & kHighBits) == 0;
  }
  for (std::size_t at = 0; at + kWord < text.size(); at += kWord) seen |= word_at(at);
  return ((seen | word_at(text.size() - kWord)) & kHighBits) == 0;  // the last word overlaps the one before
}

}  // namespace matcher
