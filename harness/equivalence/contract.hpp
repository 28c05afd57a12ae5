// Questions to a result contract: is it sound, which columns are key, which are values.
//
// Two exact values are equal if their bits are: -0.0 differs from 0.0, and a NaN equals only the same NaN. With a
// tolerance, NaN equals every NaN, and an infinity only itself. A null equals a null and nothing else.
#pragma once

#include <cstddef>
#include <vector>

#include "harness/core/contract.hpp"
#include "harness/core/result.hpp"

namespace assay::equivalence {

// Errors (kUsage): no columns, a name twice, an unknown type, a key that is no column, a tolerance that is negative,
// not finite, or on a text or key column.
[[nodiscard]] Status check_contract(const ResultContract& contract);

// Positions of the key columns, in the order of `key`; all columns if it is empty: then rows are a multiset, and two
// rows may be the same. REQUIRES: check_contract passed.
[[nodiscard]] std::vector<std::size_t> key_columns(const ResultContract& contract);

// Positions of the columns outside the key, in order. REQUIRES: check_contract passed.
[[nodiscard]] std::vector<std::size_t> value_columns(const ResultContract& contract);

[[nodiscard]] inline bool is_exact(const ColumnContract& column) {
  return column.absolute_tolerance == 0 && column.relative_tolerance == 0;
}

}  // namespace assay::equivalence
