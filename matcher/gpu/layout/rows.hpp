// One row of a fixed number of bytes per record, and what the block kernels want of the left table beside it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "matcher/gpu/layout/alphabet.hpp"
#include "matcher/gpu/layout/encoded_names.hpp"
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

// What Patterns points to.
struct PatternTable {
  HostArray<std::uint8_t> symbols;
  HostArray<TextLength> lengths;
  HostArray<std::uint32_t> presence;
  HostArray<std::uint32_t> planes;

  [[nodiscard]] Patterns view() const {
    return {
        {symbols.data(), lengths.data(), static_cast<std::uint32_t>(lengths.size())}, presence.data(), planes.data()};
  }
};

// Row i holds the name of row chosen[i]; divided among the threads. REQUIRES: these names are readable; threads > 0.
[[nodiscard]] PatternTable make_patterns(const EncodedNames& names, std::span<const std::uint32_t> chosen,
                                         unsigned threads = 1);

}  // namespace matcher::gpu
