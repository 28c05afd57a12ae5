// The rows of two tables that have a key in common, in the order in which a GPU takes them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "matcher/gpu/layout/alphabet.hpp"

namespace matcher::gpu {

// One name and one key per row.
struct KeyedNames {
  std::span<const std::u32string> names;
  std::span<const std::uint64_t> keys;
};

// Every left row of [left_begin, left_end) with every right row of [right_begin, right_end): places in BlockedRows.
struct RowBlock {
  std::uint32_t left_begin = 0;
  std::uint32_t left_end = 0;
  std::uint32_t right_begin = 0;
  std::uint32_t right_end = 0;

  [[nodiscard]] std::uint64_t pairs() const {
    return std::uint64_t{left_end - left_begin} * std::uint64_t{right_end - right_begin};
  }
  friend bool operator==(const RowBlock&, const RowBlock&) = default;
};

// Every pair of rows of equal keys is in exactly one block of exactly one of the two lists.
struct BlockedRows {
  std::vector<std::uint32_t> left;  // row numbers: key by key, of one key those for kernels first, shorter names first
  std::vector<std::uint32_t> right;
  std::vector<RowBlock> for_kernels;  // names that block kernels read: at most kPatternSymbols, all of them with a code
  std::vector<RowBlock> for_host;
};

[[nodiscard]] std::uint64_t pairs_of(std::span<const RowBlock> blocks);

// REQUIRES: fewer than 2^32 rows. O(n log n) for n rows.
[[nodiscard]] BlockedRows blocked_rows(const KeyedNames& left, const KeyedNames& right, const Alphabet& alphabet,
                                       std::uint64_t no_key);

}  // namespace matcher::gpu
