// Pairs gathered one by one on the host, as the audited program sends them: as offsets and symbols, or as one structure
// a pair.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "matcher/gpu/layout/alphabet.hpp"
#include "matcher/gpu/layout/views.hpp"

namespace matcher::gpu {

// Arrays of the host. Symbol: std::uint8_t for codes, char32_t for the scalars themselves (any symbol, for the kernels
// without masks).
template <class Symbol>
struct PackedTextTable {
  std::vector<Symbol> symbols;
  std::vector<std::uint32_t> offsets;
  std::vector<TextLength> lengths;

  // REQUIRES of codes: the alphabet covers the text.
  void append(const std::u32string& text, const Alphabet& alphabet) {
    offsets.push_back(static_cast<std::uint32_t>(symbols.size()));
    lengths.push_back(length_of(text));
    for (const char32_t symbol : text) {
      if constexpr (std::is_same_v<Symbol, char32_t>) {
        symbols.push_back(symbol);
      } else {
        symbols.push_back(alphabet.code(symbol));
      }
    }
  }
  [[nodiscard]] PackedTexts<Symbol> view() const { return {symbols.data(), offsets.data(), lengths.data(), 0}; }
};

template <class Symbol>
struct PackedPairTable {
  PackedTextTable<Symbol> left;
  PackedTextTable<Symbol> right;

  [[nodiscard]] PackedPairs<Symbol> view() const {
    return {left.view(), right.view(), static_cast<std::uint32_t>(left.lengths.size())};
  }
};

template <class Symbol>
[[nodiscard]] PackedPairTable<Symbol> pack_pairs(std::span<const std::u32string> left,
                                                 std::span<const std::u32string> right, std::span<const RowPair> pairs,
                                                 const Alphabet& alphabet) {
  PackedPairTable<Symbol> table;
  for (const RowPair& pair : pairs) {
    table.left.append(left[pair.left], alphabet);
    table.right.append(right[pair.right], alphabet);
  }
  return table;
}

// REQUIRES: texts of at most kAuditedTextSymbols symbols that the alphabet covers.
[[nodiscard]] std::vector<AuditedPair> audited_pairs(std::span<const std::u32string> left,
                                                     std::span<const std::u32string> right,
                                                     std::span<const RowPair> pairs, const Alphabet& alphabet);

}  // namespace matcher::gpu
