// Where a text of at most 64 bytes has each byte of another: 16 comparisons at a time, no table to clear.
#pragma once

#include <tmmintrin.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace matcher::ssse3 {

// A text of at most 64 bytes in registers, zero behind its end.
struct Block {
  __m128i vectors[4];  // std::array would drop the type's alignment attribute
};

// Bytes 16-r.. of this array, as shuffle control, move the last r bytes of a vector to its front and clear the rest.
alignas(16) inline constexpr std::array<std::uint8_t, 32> kShiftDown = {
    0,    1,    2,    3,    4,    5,    6,    7,    8,    9,    10,   11,   12,   13,   14,   15,
    0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80};

template <typename Word>
[[nodiscard]] inline Word load(const unsigned char* from) {
  Word word;
  std::memcpy(&word, from, sizeof(word));
  return word;
}

// Fewer than 16 bytes, by loads that overlap instead of reading past the end.
[[nodiscard]] inline __m128i load_short(const unsigned char* text, std::size_t size) {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  if (size >= 8) {
    low = load<std::uint64_t>(text);
    if (size > 8) high = load<std::uint64_t>(text + size - 8) >> (8 * (16 - size));
  } else if (size >= 4) {
    low = load<std::uint32_t>(text) | std::uint64_t{load<std::uint32_t>(text + size - 4)} << (8 * (size - 4));
  } else if (size > 0) {
    low = std::uint64_t{text[0]} | std::uint64_t{text[size / 2]} << (8 * (size / 2)) |
          std::uint64_t{text[size - 1]} << (8 * (size - 1));
  }
  return _mm_set_epi64x(static_cast<long long>(high), static_cast<long long>(low));
}

[[nodiscard]] inline __m128i load_vector(const unsigned char* text) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
}

// REQUIRES: size in 1..64.
[[nodiscard]] inline Block load_block(const unsigned char* text, std::size_t size) {
  Block block = {{_mm_setzero_si128(), _mm_setzero_si128(), _mm_setzero_si128(), _mm_setzero_si128()}};
  if (size < 16) {
    block.vectors[0] = load_short(text, size);
    return block;
  }
  const std::size_t whole = size / 16;
  for (std::size_t v = 0; v < whole; ++v) block.vectors[v] = load_vector(text + 16 * v);
  if (const std::size_t rest = size % 16; rest != 0) {
    const __m128i control = load_vector(kShiftDown.data() + 16 - rest);
    block.vectors[whole] = _mm_shuffle_epi8(load_vector(text + size - 16), control);
  }
  return block;
}

// Bit k of the result: byte k of both blocks is equal; kVectors of them are looked at.
template <std::size_t kVectors, typename ByteOf>
[[nodiscard]] inline std::uint64_t compare(const Block& block, ByteOf other) {
  std::uint64_t mask = 0;
  for (std::size_t v = 0; v < kVectors; ++v) {
    const auto bits = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(block.vectors[v], other(v))));
    mask |= static_cast<std::uint64_t>(bits) << (16 * v);
  }
  return mask;
}

template <std::size_t kVectors>
inline void fill(const unsigned char* left, std::size_t left_size, const Block& right, std::uint64_t valid,
                 std::uint64_t* equal) {
  for (std::size_t i = 0; i < left_size; ++i) {
    const __m128i symbol = _mm_set1_epi8(static_cast<char>(left[i]));
    equal[i] = compare<kVectors>(right, [symbol](std::size_t) { return symbol; }) & valid;
  }
}

// The same contract as portable::fill_equality.
[[nodiscard]] inline std::size_t fill_equality(const unsigned char* left, std::size_t left_size,
                                               const unsigned char* right, std::size_t right_size,
                                               std::uint64_t* equal) {
  const Block left_block = load_block(left, left_size);
  const Block right_block = load_block(right, right_size);
  const std::uint64_t valid = ~std::uint64_t{0} >> (64 - right_size);
  if (right_size <= 16) {
    fill<1>(left, left_size, right_block, valid, equal);
  } else if (right_size <= 32) {
    fill<2>(left, left_size, right_block, valid, equal);
  } else {
    fill<4>(left, left_size, right_block, valid, equal);
  }
  const std::uint64_t both = valid & (~std::uint64_t{0} >> (64 - left_size));
  const std::uint64_t diagonal =
      compare<4>(left_block, [&right_block](std::size_t v) { return right_block.vectors[v]; });
  return static_cast<std::size_t>(std::countr_one(diagonal & both));
}

}  // namespace matcher::ssse3
