// What kernels read: names in the memory of a device, as pointers and counts. The builders beside this file make the
// arrays on the host; whoever uploads them makes a view of the device's copies.
#pragma once

#include <cstdint>

#include "matcher/similarity/host_device.hpp"

namespace matcher::gpu {

// Symbols decide the edits and the window, the bytes of UTF-8 what a Levenshtein percent divides by.
struct TextLength {
  std::uint16_t symbols = 0;
  std::uint16_t bytes = 0;

  ASSAY_HOST_DEVICE friend bool operator==(const TextLength&, const TextLength&) = default;
};

template <class Symbol>
struct Text {
  const Symbol* symbols;
  std::uint32_t length;
  std::uint32_t bytes;
};

template <class Symbol>
struct TextPair {
  Text<Symbol> left;
  Text<Symbol> right;
};

// The three sources of pairs below have `pairs` and `pair(i)`; kernels with one thread per pair take any of them.

// One side of offsets and symbols.
template <class Symbol>
struct PackedTexts {
  const Symbol* symbols;
  const std::uint32_t* offsets;
  const TextLength* lengths;
  std::uint32_t first = 0;  // the offset at which `symbols` begins; not 0 for a piece of longer arrays

  [[nodiscard]] ASSAY_HOST_DEVICE Text<Symbol> text(std::uint32_t i) const {
    return {symbols + (offsets[i] - first), lengths[i].symbols, lengths[i].bytes};
  }
};

// As audited: the host gathers both texts of every pair one behind the other, and sends them.
template <class SymbolType>
struct PackedPairs {
  using Symbol = SymbolType;
  PackedTexts<Symbol> left;
  PackedTexts<Symbol> right;
  std::uint32_t pairs;

  [[nodiscard]] ASSAY_HOST_DEVICE TextPair<Symbol> pair(std::uint32_t i) const { return {left.text(i), right.text(i)}; }
};

// As audited, one structure per pair: neighbouring threads read 136 bytes apart.
inline constexpr std::uint32_t kAuditedTextSymbols = 64;
struct AuditedPair {
  std::uint8_t left[kAuditedTextSymbols];
  std::uint8_t right[kAuditedTextSymbols];
  TextLength left_length;
  TextLength right_length;
};
struct AuditedPairs {
  using Symbol = std::uint8_t;
  const AuditedPair* records;
  std::uint32_t pairs;

  [[nodiscard]] ASSAY_HOST_DEVICE TextPair<Symbol> pair(std::uint32_t i) const {
    const AuditedPair& record = records[i];
    return {{record.left, record.left_length.symbols, record.left_length.bytes},
            {record.right, record.right_length.symbols, record.right_length.bytes}};
  }
};

// One row of kRowBytes per record: codes from its start, 0 behind them.
template <std::uint32_t kRowBytes>
struct Rows {
  const std::uint8_t* symbols;
  const TextLength* lengths;
  std::uint32_t rows;

  [[nodiscard]] ASSAY_HOST_DEVICE Text<std::uint8_t> text(std::uint32_t row) const {
    return {symbols + std::uint64_t{row} * kRowBytes, lengths[row].symbols, lengths[row].bytes};
  }
};

struct RowPair {
  std::uint32_t left = 0;
  std::uint32_t right = 0;
};

// Tables that stay on the device, and a list of pairs of their rows.
template <std::uint32_t kRowBytes>
struct RowPairs {
  using Symbol = std::uint8_t;
  Rows<kRowBytes> left;
  Rows<kRowBytes> right;
  const RowPair* list;
  std::uint32_t pairs;

  [[nodiscard]] ASSAY_HOST_DEVICE TextPair<Symbol> pair(std::uint32_t i) const {
    return {left.text(list[i].left), right.text(list[i].right)};
  }
};

// The left side of block kernels: rows of 32 bytes; bit c & 31 of `presence` is set if code c is in the text; bit i of
// planes[row * kBitPlanes + p] is bit p of the code at place i.
inline constexpr std::uint32_t kPatternSymbols = 32;
inline constexpr std::uint32_t kBitPlanes = 8;
struct Patterns {
  Rows<kPatternSymbols> rows;
  const std::uint32_t* presence;
  const std::uint32_t* planes;
};

// Threads of a block in block kernels.
inline constexpr std::uint32_t kBlockThreads = 256;

// The right side: 32 records side by side. Word w of lane l of tile t is words[(t * slots / 4 + w) * 32 + l]; a text
// ends in the last byte of its words and zeros stand before it. Positions from `records` on are empty texts.
struct Tiles {
  const std::uint32_t* words;
  const TextLength* lengths;      // of position tile * 32 + lane, as the rest
  const std::uint32_t* prefixes;  // the codes of the first four symbols, the first in the lowest byte
  const std::uint32_t* presence;
  std::uint32_t tiles;
  std::uint32_t records;
};

}  // namespace matcher::gpu
