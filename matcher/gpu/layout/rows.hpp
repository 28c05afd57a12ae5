// One row of a fixed number of bytes per record, and what the block kernels want of the left table beside it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "matcher/gpu/layout/alphabet.hpp"
#include "matcher/gpu/layout/views.hpp"

namespace matcher::gpu {

// Arrays of the host. Row i holds texts[chosen[i]].
struct RowTable {
  std::vector<std::uint8_t> symbols;
  std::vector<TextLength> lengths;

  template <std::uint32_t kRowBytes>
  [[nodiscard]] Rows<kRowBytes> view() const {
    return {symbols.data(), lengths.data(), static_cast<std::uint32_t>(lengths.size())};
  }
};

// REQUIRES: the chosen texts have at most `row_bytes` symbols and the alphabet covers them.
[[nodiscard]] RowTable make_rows(std::span<const std::u32string> texts, std::span<const std::uint32_t> chosen,
                                 const Alphabet& alphabet, std::uint32_t row_bytes);

struct PatternTable {
  RowTable rows;
  std::vector<std::uint32_t> presence;
  std::vector<std::uint32_t> planes;

  [[nodiscard]] Patterns view() const { return {rows.view<kPatternSymbols>(), presence.data(), planes.data()}; }
};

// REQUIRES: the chosen texts have at most kPatternSymbols symbols and the alphabet covers them.
[[nodiscard]] PatternTable make_patterns(std::span<const std::u32string> texts, std::span<const std::uint32_t> chosen,
                                         const Alphabet& alphabet);

// One bit per code, modulo 32.
[[nodiscard]] std::uint32_t presence_of(const std::u32string& text, const Alphabet& alphabet);

}  // namespace matcher::gpu
