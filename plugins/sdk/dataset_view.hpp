// Read-only spans and string views over the ABI's columns; nothing is copied.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "assay/plugin.h"
#include "plugins/sdk/host.hpp"

namespace assay::sdk {

template <class T>
inline constexpr assay_type kTypeOf = 0;
template <>
inline constexpr assay_type kTypeOf<std::int32_t> = ASSAY_TYPE_INT32;
template <>
inline constexpr assay_type kTypeOf<std::int64_t> = ASSAY_TYPE_INT64;
template <>
inline constexpr assay_type kTypeOf<std::uint32_t> = ASSAY_TYPE_UINT32;
template <>
inline constexpr assay_type kTypeOf<std::uint64_t> = ASSAY_TYPE_UINT64;
template <>
inline constexpr assay_type kTypeOf<double> = ASSAY_TYPE_FLOAT64;

// Bit i, least significant first; a null bitmap means "no nulls".
[[nodiscard]] inline bool is_valid(const std::uint8_t* validity, std::size_t row) {
  return validity == nullptr || ((validity[row / 8] >> (row % 8)) & 1U) != 0;
}

// A fixed-width column: values[row] is meaningless where valid(row) is false.
template <class T>
struct ValuesView {
  std::span<const T> values;
  const std::uint8_t* validity = nullptr;
  [[nodiscard]] bool valid(std::size_t row) const { return is_valid(validity, row); }
};

// An Arrow utf8 column: offsets has rows + 1 entries.
struct TextView {
  std::span<const std::int32_t> offsets;
  const char* data = nullptr;
  const std::uint8_t* validity = nullptr;
  [[nodiscard]] bool valid(std::size_t row) const { return is_valid(validity, row); }
  [[nodiscard]] std::string_view operator[](std::size_t row) const {
    return {data + offsets[row], static_cast<std::size_t>(offsets[row + 1] - offsets[row])};
  }
};

class TableView {
 public:
  explicit TableView(const assay_table* table) : table_(table) {}

  [[nodiscard]] std::size_t row_count() const { return table_->row_count; }

  // Throws Failure (ASSAY_E_INVALID) if the column is missing or of another type. date32 is read as int32_t.
  template <class T>
  [[nodiscard]] ValuesView<T> values(std::string_view name, assay_type type = kTypeOf<T>) const {
    const assay_column& column = find(name, type);
    return {{static_cast<const T*>(column.data), row_count()}, column.validity};
  }
  [[nodiscard]] ValuesView<std::int32_t> dates(std::string_view name) const {
    return values<std::int32_t>(name, ASSAY_TYPE_DATE32);
  }
  [[nodiscard]] TextView text(std::string_view name) const {
    const assay_column& column = find(name, ASSAY_TYPE_UTF8);
    return {{static_cast<const std::int32_t*>(column.offsets), row_count() + 1},
            static_cast<const char*>(column.data),
            column.validity};
  }

 private:
  [[nodiscard]] const assay_column& find(std::string_view name, assay_type type) const {
    for (std::uint32_t i = 0; i < table_->column_count; ++i) {
      const assay_column& column = *table_->columns[i];
      if (name != column.name) continue;
      if (column.type == type) return column;
      throw Failure(ASSAY_E_INVALID, "column '" + std::string(name) + "' of table '" + table_->name + "' has type " +
                                         std::to_string(column.type) + ", expected " + std::to_string(type));
    }
    throw Failure(ASSAY_E_INVALID,
                  "table '" + std::string(table_->name) + "' has no column '" + std::string(name) + "'");
  }

  const assay_table* table_;
};

class DatasetView {
 public:
  explicit DatasetView(const assay_dataset* dataset) : dataset_(dataset) {}

  // Throws Failure (ASSAY_E_INVALID) if the data set has no such table.
  [[nodiscard]] TableView table(std::string_view name) const {
    for (std::uint32_t i = 0; i < dataset_->table_count; ++i) {
      if (name == dataset_->tables[i]->name) return TableView(dataset_->tables[i]);
    }
    throw Failure(ASSAY_E_INVALID, "the data set has no table '" + std::string(name) + "'");
  }

 private:
  const assay_dataset* dataset_;
};

}  // namespace assay::sdk
