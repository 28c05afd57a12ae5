// Persons as rows of cells.
#include "matcher/mysql/persons_import.hpp"

#include <string>

#include "matcher/model/date.hpp"
#include "matcher/mysql/person_columns.hpp"

namespace matcher {
namespace {

constexpr std::size_t kFirstTextColumn = 2;  // after id and birthdate

Cell text_cell(std::string_view text) {
  return {.type = CellType::kText, .text = text};
}

const TextColumn& column_named(const PersonsView& persons, std::string_view name) {
  static constexpr TextColumn kAbsent;
  for (const PersonTextField& field : kPersonTextFields) {
    if (field.name == name) return persons.*field.view;
  }
  return kAbsent;
}

}  // namespace

std::vector<Column> person_columns(const PersonsView& persons) {
  std::vector<Column> columns = {{"id", CellType::kInteger}, {"birthdate", CellType::kText}};
  for (const PersonTextField& field : kPersonTextFields) {
    if (!(persons.*field.view).is_absent()) columns.push_back({std::string(field.name), CellType::kText});
  }
  return columns;
}

MysqlSinkOptions persons_table_options() {
  MysqlSinkOptions options;
  options.primary_key = "id";
  options.column_types = {{"id", "BIGINT NOT NULL"},       {"birthdate", "DATE"},
                          {"uuid", "VARCHAR(64)"},         {"first_name", "VARCHAR(255)"},
                          {"middle_name", "VARCHAR(255)"}, {"last_name", "VARCHAR(255)"},
                          {"hh_id", "VARCHAR(64)"},        {"barangay_code", "VARCHAR(64)"},
                          {"city_code", "VARCHAR(64)"}};
  return options;
}

Status write_persons(const PersonsView& persons, std::span<const Column> columns, TableSink& sink) {
  std::vector<TextColumn> texts;
  for (const Column& column : columns.subspan(kFirstTextColumn)) texts.push_back(column_named(persons, column.name));
  std::vector<Cell> cells(columns.size());
  std::string birthdate;
  for (std::size_t row = 0; row < persons.row_count; ++row) {
    cells[0].type = CellType::kInteger;
    cells[0].integer = persons.id[row];
    const bool has_birthdate = persons.birthdate.valid(row);
    birthdate = has_birthdate ? format_iso_date(persons.birthdate.days[row]) : "";
    cells[1] = has_birthdate ? text_cell(birthdate) : Cell{};
    for (std::size_t i = 0; i < texts.size(); ++i) {
      cells[kFirstTextColumn + i] = texts[i].valid(row) ? text_cell(texts[i][row]) : Cell{};
    }
    if (auto status = sink.write(cells); !status) return status;
  }
  return {};
}

}  // namespace matcher
