// The text columns of a person that a source may have and a user may map.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "matcher/io/csv_format.hpp"
#include "matcher/model/persons_table.hpp"
#include "matcher/model/persons_view.hpp"

namespace matcher {

enum class FieldUse { kName, kHousehold, kPlace };

struct PersonTextField {
  std::string_view name;
  std::string ColumnNames::*mapped;
  TextBuilder PersonsTable::*column;
  TextColumn PersonsView::*view;
  FieldUse use;
  bool required;
};

inline constexpr std::array<PersonTextField, 7> kPersonTextFields = {{
    {"uuid", &ColumnNames::uuid, &PersonsTable::uuid, &PersonsView::uuid, FieldUse::kHousehold, false},
    {"first_name", &ColumnNames::first_name, &PersonsTable::first_name, &PersonsView::first_name, FieldUse::kName,
     true},
    {"middle_name", &ColumnNames::middle_name, &PersonsTable::middle_name, &PersonsView::middle_name, FieldUse::kName,
     false},
    {"last_name", &ColumnNames::last_name, &PersonsTable::last_name, &PersonsView::last_name, FieldUse::kName, true},
    {"hh_id", &ColumnNames::hh_id, &PersonsTable::hh_id, &PersonsView::hh_id, FieldUse::kHousehold, false},
    {"barangay_code", &ColumnNames::barangay_code, &PersonsTable::barangay_code, &PersonsView::barangay_code,
     FieldUse::kPlace, false},
    {"city_code", &ColumnNames::city_code, &PersonsTable::city_code, &PersonsView::city_code, FieldUse::kPlace, false},
}};

}  // namespace matcher
