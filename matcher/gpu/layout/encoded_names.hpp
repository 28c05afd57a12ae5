// All names of a table as codes: what the arrays of block kernels are made of, in any order and as often as wanted.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "matcher/gpu/layout/alphabet.hpp"
#include "matcher/gpu/layout/host_array.hpp"
#include "matcher/gpu/layout/name_source.hpp"
#include "matcher/gpu/layout/views.hpp"

namespace matcher::gpu {

struct EncodedName {
  // In place of the number of symbols: more than kPatternSymbols of them, or one without a code. No block kernel reads
  // such a name; all else of it is 0.
  static constexpr std::uint16_t kUnreadable = 0xffff;

  std::array<std::uint8_t, kPatternSymbols> codes;  // zeros behind the name
  std::uint16_t symbols;
  std::uint16_t bytes;     // of UTF-8
  std::uint32_t presence;  // bit c & 31 for every code c

  [[nodiscard]] bool readable() const { return symbols != kUnreadable; }
  [[nodiscard]] TextLength length() const { return {symbols, bytes}; }
};

struct EncodedNames {
  HostArray<EncodedName> rows;
  bool five_bits = false;  // as Alphabet::fits_five_bits

  // For loops over rows in any order: starts loading what they come to some rows later.
  void prefetch(std::span<const std::uint32_t> order, std::size_t at) const {
    constexpr std::size_t kAhead = 16;
    if (at + kAhead >= order.size()) return;
    const EncodedName& name = rows[order[at + kAhead]];
    __builtin_prefetch(&name);
    __builtin_prefetch(&name.presence);  // perhaps in the next line
  }
};

// Linear in the names, divided among the threads. REQUIRES: threads > 0.
[[nodiscard]] EncodedNames encode_names(const NameSource& names, const Alphabet& alphabet, unsigned threads = 1);
[[nodiscard]] EncodedNames encode_names(std::span<const std::u32string> names, const Alphabet& alphabet);

}  // namespace matcher::gpu
