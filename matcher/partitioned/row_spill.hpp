// Rows of a persons table as bytes, with the numbers they have in their source.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matcher/model/error.hpp"
#include "matcher/model/persons_table.hpp"
#include "matcher/model/persons_view.hpp"
#include "matcher/partitioned/spill_file.hpp"

namespace matcher {

// Which columns a table has, a bit by place in kTextColumns.
using ColumnMask = std::uint32_t;
[[nodiscard]] ColumnMask declared_columns(const PersonsTable& table);
void declare_columns(ColumnMask columns, PersonsTable& table);

// Part of a table: rows and the numbers they have in the whole.
struct NumberedRows {
  PersonsTable table;
  std::vector<std::uint32_t> numbers;
};

// Appends one row.
void append_row(const PersonsTable& table, std::size_t row, std::uint32_t number, std::string& out);

// Reads the next row back and appends it; its number, or nothing at the end. Errors: those of SpillReader.
[[nodiscard]] Result<std::optional<std::uint32_t>> read_row(SpillReader& reader, ColumnMask columns,
                                                            PersonsTable& table);

// Reads rows back, in order, until their spilled form exceeds `most_bytes`; fewer only at the end.
// Errors: those of SpillReader.
[[nodiscard]] Result<NumberedRows> read_rows(SpillReader& reader, ColumnMask columns, std::size_t most_bytes);

}  // namespace matcher
