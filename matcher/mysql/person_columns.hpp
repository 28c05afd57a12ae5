// Which columns of a database table are the columns of a person.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/io/person_fields.hpp"
#include "matcher/model/error.hpp"
#include "matcher/model/persons_table.hpp"
#include "matcher/mysql/connection.hpp"

namespace matcher {

// The columns that a table has, as a select list: id, birthdate, then the text fields in use.
struct PersonColumns {
  std::string id;           // in backticks
  std::string select_list;  // in backticks
  std::vector<const PersonTextField*> text;
};

// Looks the names up, whatever their case, as the server does. id, first_name, last_name and birthdate are required,
// and so is every other column that was given a name of its own; "" leaves a column out. `table` stands for the table
// in error texts. Errors: kBadInput for a required column that is missing (with what was found), an id that is no whole
// number, text in a binary column.
[[nodiscard]] Result<PersonColumns> find_person_columns(std::span<const MysqlColumn> found, const ColumnNames& names,
                                                        std::string_view table);

}  // namespace matcher
