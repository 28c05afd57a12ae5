// Comparing the cells of row pairs, a column at a time, under the tolerance of the column.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "harness/equivalence/table_view.hpp"

namespace assay::equivalence {

inline constexpr std::size_t kBlockPairs = 1024;

// Pairs of rows with the same key, gathered so that columns can be read one after the other.
struct PairBlock {
  std::size_t count = 0;
  std::array<std::uint64_t, kBlockPairs> baseline;
  std::array<std::uint64_t, kBlockPairs> candidate;
};

// Sets differs[i] to 1 where the cells of pair i are not equal; leaves it alone elsewhere.
void mark_differing(const ColumnView& baseline, const ColumnView& candidate, const ColumnContract& contract,
                    const PairBlock& pairs, std::span<std::uint8_t> differs);

// The same for one pair of rows.
[[nodiscard]] bool cells_equal(const ColumnView& baseline, std::uint64_t baseline_row, const ColumnView& candidate,
                               std::uint64_t candidate_row, const ColumnContract& contract);

}  // namespace assay::equivalence
