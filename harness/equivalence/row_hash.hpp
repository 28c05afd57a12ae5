// Two independent 64-bit hashes of the rows of a block, a column at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "harness/equivalence/table_view.hpp"

namespace assay::equivalence {

inline constexpr std::size_t kBlockRows = 1024;  // 16 KiB of hashes: they stay in the first-level cache

struct RowHashes {
  std::array<std::uint64_t, kBlockRows> low;
  std::array<std::uint64_t, kBlockRows> high;
};

// Hashes the given columns of rows [first_row, first_row + count) into the first `count` entries. Equal rows have equal
// hashes whatever lies under a null and whether or not a column without nulls has a bitmap; values count by their bits,
// and the order of the columns counts. With `positions`, the row number counts as well.
// REQUIRES: count <= kBlockRows.
void hash_rows(const TableView& table, std::span<const std::size_t> columns, std::uint64_t first_row, std::size_t count,
               bool positions, RowHashes& hashes);

}  // namespace assay::equivalence
