// Which columns of a database table are the columns of a person.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/model/error.hpp"
#include "matcher/model/persons_table.hpp"
#include "matcher/mysql/connection.hpp"

namespace matcher {

// What the columns are called. id, first_name, last_name and birthdate are required, and so is every other column that
// was given a name of its own here; "" leaves a column out.
struct PersonColumnNames {
  std::string id = "id";
  std::string uuid = "uuid";
  std::string first_name = "first_name";
  std::string middle_name = "middle_name";
  std::string last_name = "last_name";
  std::string birthdate = "birthdate";
  std::string hh_id = "hh_id";
  std::string barangay_code = "barangay_code";
  std::string city_code = "city_code";
};

struct PersonTextField {
  std::string_view name;
  std::string PersonColumnNames::*mapped;
  TextBuilder PersonsTable::*column;
  TextColumn PersonsView::*view;
  bool required;
};

inline constexpr std::array<PersonTextField, 7> kPersonTextFields = {{
    {"uuid", &PersonColumnNames::uuid, &PersonsTable::uuid, &PersonsView::uuid, false},
    {"first_name", &PersonColumnNames::first_name, &PersonsTable::first_name, &PersonsView::first_name, true},
    {"middle_name", &PersonColumnNames::middle_name, &PersonsTable::middle_name, &PersonsView::middle_name, false},
    {"last_name", &PersonColumnNames::last_name, &PersonsTable::last_name, &PersonsView::last_name, true},
    {"hh_id", &PersonColumnNames::hh_id, &PersonsTable::hh_id, &PersonsView::hh_id, false},
    {"barangay_code", &PersonColumnNames::barangay_code, &PersonsTable::barangay_code, &PersonsView::barangay_code,
     false},
    {"city_code", &PersonColumnNames::city_code, &PersonsTable::city_code, &PersonsView::city_code, false},
}};

// The columns that a table has, as a select list: id, birthdate, then the text fields in use.
struct PersonColumns {
  std::string id;           // in backticks
  std::string select_list;  // in backticks
  std::vector<const PersonTextField*> text;
};

// Looks the names up, whatever their case, as the server does. `table` stands for the table in error texts.
// Errors: kBadInput for a required column that is missing (with what was found), an id that is no whole number, text
// in a binary column.
[[nodiscard]] Result<PersonColumns> find_person_columns(std::span<const MysqlColumn> found,
                                                        const PersonColumnNames& names, std::string_view table);

}  // namespace matcher
