// Symbols of two tables as small numbers: one code per Unicode scalar, so that an accented letter is one symbol on a
// GPU as well.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "matcher/gpu/layout/name_source.hpp"
#include "matcher/gpu/layout/views.hpp"

namespace matcher::gpu {

// Codes count from 1, the most frequent symbol first (ties: the smaller scalar), 0 is no symbol. Immutable;
// thread-safe.
class Alphabet {
 public:
  static constexpr std::size_t kMostFiveBitCodes = 31;
  static constexpr std::size_t kMostCodes = 255;

  // The symbols of both tables; of more than kMostCodes the rarest get none. Linear in the tables, divided among the
  // threads. REQUIRES: threads > 0.
  [[nodiscard]] static Alphabet of(const NameSource& left, const NameSource& right, unsigned threads);
  [[nodiscard]] static Alphabet of(std::span<const std::u32string> left, std::span<const std::u32string> right);

  // 0 for a symbol without a code.
  [[nodiscard]] std::uint8_t code(char32_t symbol) const {
    return symbol < ascii_.size() ? ascii_[symbol] : code_beyond_ascii(symbol);
  }
  [[nodiscard]] bool covers(std::u32string_view text) const;

  [[nodiscard]] std::size_t codes() const { return codes_; }
  // Whether FiveBitSlots and MaskTable can be used.
  [[nodiscard]] bool fits_five_bits() const { return codes_ <= kMostFiveBitCodes; }

 private:
  [[nodiscard]] std::uint8_t code_beyond_ascii(char32_t symbol) const;

  std::size_t codes_ = 0;
  std::array<std::uint8_t, 128> ascii_{};
  std::unordered_map<char32_t, std::uint8_t> others_;
};

// REQUIRES: at most 65,535 bytes of UTF-8.
[[nodiscard]] TextLength length_of(std::u32string_view text);

}  // namespace matcher::gpu
