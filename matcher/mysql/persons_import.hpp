// Writes persons into a table that can be read again as persons.
#pragma once

#include <span>
#include <vector>

#include "matcher/io/table_sink.hpp"
#include "matcher/model/persons_view.hpp"
#include "matcher/mysql/mysql_sink.hpp"

namespace matcher {

// id, birthdate, and the text columns that are not absent.
[[nodiscard]] std::vector<Column> person_columns(const PersonsView& persons);

// A table keyed by id, with birthdate a DATE and names VARCHAR(255); options.column_types may be changed before use.
[[nodiscard]] MysqlSinkOptions persons_table_options();

// Writes the rows to a sink that has begun with `columns` from person_columns(), maybe of an earlier part of the same
// table. Null stays null, and an empty text an empty text. Errors: the sink's. O(bytes).
[[nodiscard]] Status write_persons(const PersonsView& persons, std::span<const Column> columns, TableSink& sink);

}  // namespace matcher
