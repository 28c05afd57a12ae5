// Finds the columns of a person among the columns of a table.
#include "matcher/mysql/person_columns.hpp"

#include <fmt/ranges.h>

#include <algorithm>

#include "matcher/io/csv_records.hpp"

namespace matcher {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_but_for_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

class Finder {
 public:
  Finder(std::span<const MysqlColumn> found, std::string_view table) : found_(found), table_(table) {}

  // Null: the table has no such column and need not.
  [[nodiscard]] Result<const MysqlColumn*> find(const std::string& name, std::string_view field, bool required) const {
    for (const MysqlColumn& column : found_) {
      if (!equal_but_for_case(column.name, name)) continue;
      if (column.kind != MysqlColumn::Kind::kBytes) return &column;
      return fail(ErrorKind::kBadInput, "{}: column '{}' holds bytes, not text; convert it or read a view with HEX({})",
                  table_, printable(name), printable(name));
    }
    if (!required) return nullptr;
    std::vector<std::string> names;
    for (const MysqlColumn& column : found_) names.push_back(printable(column.name));
    return fail(ErrorKind::kBadInput, "{}: column '{}' is missing (found: {}); add it or say which column is the {}",
                table_, printable(name), fmt::join(names, ", "), field);
  }

 private:
  std::span<const MysqlColumn> found_;
  std::string_view table_;
};

}  // namespace

Result<PersonColumns> find_person_columns(std::span<const MysqlColumn> found, const ColumnNames& names,
                                          std::string_view table) {
  const Finder finder(found, table);
  auto id = finder.find(names.id, "id", true);
  if (!id) return hand_on(id);
  if ((*id)->kind != MysqlColumn::Kind::kWholeNumber) {
    return fail(ErrorKind::kBadInput, "{}: column '{}' is not of a whole-number type, which paging by id needs", table,
                printable(names.id));
  }
  auto birthdate = finder.find(names.birthdate, "birthdate", true);
  if (!birthdate) return hand_on(birthdate);
  PersonColumns columns;
  columns.id = quoted_identifier((*id)->name);
  columns.select_list = columns.id + ", " + quoted_identifier((*birthdate)->name);
  for (const PersonTextField& field : kPersonTextFields) {
    const std::string& name = names.*field.mapped;
    if (name.empty() && !field.required) continue;
    auto column = finder.find(name, field.name, field.required || name != field.name);
    if (!column) return hand_on(column);
    if (*column == nullptr) continue;
    columns.select_list += ", " + quoted_identifier((*column)->name);
    columns.text.push_back(&field);
  }
  return columns;
}

}  // namespace matcher
