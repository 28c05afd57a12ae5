// Comparing rows by their key, within a table and between two.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "harness/equivalence/table_view.hpp"

namespace assay::equivalence {

// Negative, zero or positive as the key of row `a` of `left` comes before, with or after the key of row `b` of `right`:
// column by column in the order of `keys`, null first, integers and dates by value, float64 by its bits, text by its
// bytes. Zero exactly if the keys are bit-equal.
[[nodiscard]] int compare_keys(const TableView& left, std::uint64_t a, const TableView& right, std::uint64_t b,
                               std::span<const std::size_t> keys);

struct KeyOrder {
  bool ascending = true;                        // no row comes before its predecessor
  std::uint64_t duplicates = 0;                 // rows with the key of their predecessor; only if ascending
  std::vector<std::uint64_t> first_duplicates;  // the first `most_examples` of them
};

// One pass; stops at the first descent.
[[nodiscard]] KeyOrder key_order(const TableView& table, std::span<const std::size_t> keys, std::size_t most_examples);

}  // namespace assay::equivalence
