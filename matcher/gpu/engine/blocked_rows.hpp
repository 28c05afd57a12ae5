// The rows of two tables that have a key in common, in the order in which a GPU takes them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/gpu/layout/encoded_names.hpp"

namespace matcher::gpu {

// One name and one key per row.
struct KeyedNames {
  const EncodedNames& names;
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
  std::vector<RowBlock> for_kernels;  // names that block kernels read
  std::vector<RowBlock> for_host;
};

[[nodiscard]] std::uint64_t pairs_of(std::span<const RowBlock> blocks);

// The result is the same for any number of threads. REQUIRES: fewer than 2^32 rows; threads > 0. O(n log m) for n rows
// of which m share a key.
[[nodiscard]] BlockedRows blocked_rows(const KeyedNames& left, const KeyedNames& right, std::uint64_t no_key,
                                       unsigned threads = 1);

}  // namespace matcher::gpu
