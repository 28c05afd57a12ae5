// Typed reads of assay_column: find a column by name, ask for null, take a value. No checks in the hot path.
#pragma once

#include <cstdint>
#include <string_view>

#include "assay/plugin.h"

namespace assay::datasets {

// nullptr if the table has no column of that name.
[[nodiscard]] inline const assay_column* find_column(const assay_table& table, std::string_view name) {
  for (std::uint32_t index = 0; index < table.column_count; ++index) {
    if (name == table.columns[index]->name) return table.columns[index];
  }
  return nullptr;
}

[[nodiscard]] inline bool is_null(const assay_column& column, std::uint64_t row) {
  return column.validity != nullptr && ((column.validity[row >> 3] >> (row & 7)) & 1) == 0;
}

// REQUIRES: T is the C++ type of column.type; row < row_count. A null row reads as 0.
template <class T>
[[nodiscard]] T value(const assay_column& column, std::uint64_t row) {
  return static_cast<const T*>(column.data)[row];
}

// REQUIRES: column.type is UTF8 or LARGE_UTF8; row < row_count. A null row reads as "".
[[nodiscard]] inline std::string_view text(const assay_column& column, std::uint64_t row) {
  const auto* const data = static_cast<const char*>(column.data);
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  if (column.type == ASSAY_TYPE_UTF8) {
    begin = static_cast<std::uint64_t>(static_cast<const std::int32_t*>(column.offsets)[row]);
    end = static_cast<std::uint64_t>(static_cast<const std::int32_t*>(column.offsets)[row + 1]);
  } else {
    begin = static_cast<std::uint64_t>(static_cast<const std::int64_t*>(column.offsets)[row]);
    end = static_cast<std::uint64_t>(static_cast<const std::int64_t*>(column.offsets)[row + 1]);
  }
  return end == begin ? std::string_view() : std::string_view(data + begin, end - begin);
}

}  // namespace assay::datasets
