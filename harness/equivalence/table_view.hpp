// A result table whose pointers, types and offsets have been checked against its contract, without a copy.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "assay/plugin.h"
#include "harness/core/result.hpp"
#include "harness/equivalence/contract.hpp"

namespace assay::equivalence {

// One column in Arrow layout. Rows are not bounds-checked: they come from TableView::row_count.
struct ColumnView {
  assay_type type = ASSAY_TYPE_INT64;
  const std::uint8_t* validity = nullptr;  // null: no nulls
  const void* offsets = nullptr;           // text only: int32_t (UTF8) or int64_t (LARGE_UTF8)
  const void* data = nullptr;

  [[nodiscard]] bool is_null(std::uint64_t row) const {
    return validity != nullptr && (validity[row >> 3] >> (row & 7) & 1) == 0;
  }

  [[nodiscard]] std::uint64_t offset(std::uint64_t row) const {
    return type == ASSAY_TYPE_UTF8 ? static_cast<std::uint64_t>(static_cast<const std::int32_t*>(offsets)[row])
                                   : static_cast<std::uint64_t>(static_cast<const std::int64_t*>(offsets)[row]);
  }

  // REQUIRES: a text column and a row that is not null.
  [[nodiscard]] std::string_view text(std::uint64_t row) const {
    const std::uint64_t begin = offset(row);
    return {static_cast<const char*>(data) + begin, offset(row + 1) - begin};
  }

  template <class T>
  [[nodiscard]] const T* values() const {
    return static_cast<const T*>(data);
  }
};

struct TableView {
  std::uint64_t row_count = 0;
  std::vector<ColumnView> columns;  // as in the contract
};

// Checks everything that can be checked without knowing buffer lengths: struct sizes, number, names, order and types of
// the columns, pointers that must not be null or misaligned, offsets that start at 0 or more and never go down. The
// view points into `table` and lives as long as it. Errors: kPlugin, naming column and fault. O(rows) for text columns,
// else O(columns).
[[nodiscard]] Result<TableView> view_result(const assay_table& table, const ResultContract& contract);

// The checks of one column, also for results read back from a file. `name` is for the error text.
[[nodiscard]] Status check_column_view(const ColumnView& column, std::uint64_t row_count, std::string_view name);

[[nodiscard]] bool is_known_type(assay_type type);
[[nodiscard]] std::string_view type_name(assay_type type);  // "int64", as workload files spell it

[[nodiscard]] constexpr bool is_text(assay_type type) {
  return type == ASSAY_TYPE_UTF8 || type == ASSAY_TYPE_LARGE_UTF8;
}

// Bytes of one value, or of one offset for text.
[[nodiscard]] constexpr std::size_t value_bytes(assay_type type) {
  return type == ASSAY_TYPE_INT32 || type == ASSAY_TYPE_UINT32 || type == ASSAY_TYPE_DATE32 || type == ASSAY_TYPE_UTF8
             ? 4
             : 8;
}

// One cell for people: "null", 42, 0.1 (shortest digits that give the same bits back), 2024-02-29, "quoted text"
// (control and non-ASCII bytes as \xNN, cut after 60 bytes).
[[nodiscard]] std::string cell_text(const ColumnView& column, std::uint64_t row);

}  // namespace assay::equivalence
