// Texts of at most 64 symbols as bytes, whatever the symbols are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace matcher {

// At most 64 symbols as bytes. Any injective naming of the symbols of both texts gives the same scores.
struct Bytes {
  const unsigned char* data;
  std::size_t size;
};

// Names the symbols of two texts of at most 64 scalars each by bytes: scalars below 256 keep their value, each of the
// few others gets a byte that neither text uses (both together have at most 128 different symbols).
class ByteNames {
 public:
  ByteNames(std::u32string_view left, std::u32string_view right) : left_{{}, left.size()}, right_{{}, right.size()} {
    const char32_t seen = copy_low_bytes(left, left_) | copy_low_bytes(right, right_);
    if (seen < kBytes) return;
    WideNames names(left, right);
    names.apply(left, left_);
    names.apply(right, right_);
  }

  [[nodiscard]] Bytes left() const { return {left_.symbols.data(), left_.size}; }
  [[nodiscard]] Bytes right() const { return {right_.symbols.data(), right_.size}; }

 private:
  static constexpr std::size_t kMostSymbols = 64;
  static constexpr char32_t kBytes = 256;

  struct Named {
    std::array<unsigned char, kMostSymbols> symbols;
    std::size_t size;
  };

  // The names of scalars from 256 on, in order of appearance. A name has few of them, so a list is searched.
  class WideNames {
   public:
    WideNames(std::u32string_view left, std::u32string_view right) {
      for (const std::u32string_view text : {left, right}) {
        for (const char32_t symbol : text) {
          if (symbol < kBytes) used_[symbol] = true;
        }
      }
    }

    void apply(std::u32string_view text, Named& named) {
      for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] >= kBytes) named.symbols[i] = name(text[i]);
      }
    }

   private:
    unsigned char name(char32_t symbol) {
      for (std::size_t k = 0; k < count_; ++k) {
        if (wide_[k] == symbol) return names_[k];
      }
      while (used_[next_]) --next_;
      wide_[count_] = symbol;
      names_[count_++] = next_;
      return next_--;
    }

    std::array<bool, kBytes> used_{};
    unsigned char next_ = 255;
    std::size_t count_ = 0;
    std::array<char32_t, 2 * kMostSymbols> wide_;  // uninitialised beyond count_
    std::array<unsigned char, 2 * kMostSymbols> names_;
  };

  // Returns the scalars or-ed together.
  static char32_t copy_low_bytes(std::u32string_view text, Named& named) {
    char32_t seen = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      seen |= text[i];
      named.symbols[i] = static_cast<unsigned char>(text[i] & 0xFF);
    }
    return seen;
  }

  Named left_;
  Named right_;
};

}  // namespace matcher
