// Which columns of a database table are the columns of a person.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/io/csv_format.hpp"
#include "matcher/model/error.hpp"
#include "matcher/model/persons_table.hpp"
#include "matcher/mysql/connection.hpp"

namespace matcher {

struct PersonTextField {
  std::string_view name;
  std::string ColumnNames::*mapped;
  TextBuilder PersonsTable::*column;
  TextColumn PersonsView::*view;
  bool required;
};

inline constexpr std::array<PersonTextField, 7> kPersonTextFields = {{
    {"uuid", &ColumnNames::uuid, &PersonsTable::uuid, &PersonsView::uuid, false},
    {"first_name", &ColumnNames::first_name, &PersonsTable::first_name, &PersonsView::first_name, true},
    {"middle_name", &ColumnNames::middle_name, &PersonsTable::middle_name, &PersonsView::middle_name, false},
    {"last_name", &ColumnNames::last_name, &PersonsTable::last_name, &PersonsView::last_name, true},
    {"hh_id", &ColumnNames::hh_id, &PersonsTable::hh_id, &PersonsView::hh_id, false},
    {"barangay_code", &ColumnNames::barangay_code, &PersonsTable::barangay_code, &PersonsView::barangay_code, false},
    {"city_code", &ColumnNames::city_code, &PersonsTable::city_code, &PersonsView::city_code, false},
}};

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
