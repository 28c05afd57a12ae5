// Cells of matches, households and clusters.
#include "matcher/io/result_layouts.hpp"

#include <string>

#include "matcher/model/date.hpp"
#include "matcher/rules/matched_fields.hpp"

namespace matcher {
namespace {

Cell integer(std::int64_t value) {
  return {.type = CellType::kInteger, .integer = value};
}
Cell text(std::string_view value) {
  return {.type = CellType::kText, .text = value};
}
Cell real(CellType type, double value) {
  return {.type = type, .real = value};
}
Cell text_or_null(const TextColumn& column, std::size_t row) {
  return column.valid(row) ? text(column[row]) : Cell{};
}
Column id_column(std::string name, const PersonsView& table) {
  return {std::move(name), table.text_id.is_absent() ? CellType::kInteger : CellType::kText};
}

bool shows_middle_name(Algorithm algorithm) {
  return algorithm != Algorithm::kA1;
}

void add_person_columns(std::string_view prefix, bool with_middle, const PersonsView& table,
                        std::vector<Column>& columns) {
  const auto add = [&](std::string_view name, CellType type) {
    columns.push_back({std::string(prefix).append(name), type});
  };
  columns.push_back(id_column(std::string(prefix).append("ID"), table));
  add("UUID", CellType::kText);
  add("FirstName", CellType::kText);
  if (with_middle) add("MiddleName", CellType::kText);
  add("LastName", CellType::kText);
  add("Birthdate", CellType::kText);
}

std::string_view flag_column(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::kA1:
      return "is_matched_Infnbd";
    case Algorithm::kA2:
      return "is_matched_Infnmnbd";
    default:
      return is_exact(algorithm) ? "is_matched" : "is_matched_Fuzzy";
  }
}

}  // namespace

Cell id_cell(const PersonsView& table, std::size_t row) {
  return table.text_id.is_absent() ? integer(table.id[row]) : text_or_null(table.text_id, row);
}

std::vector<Column> match_columns(MatchLayout layout, Algorithm algorithm, const PersonsView& left,
                                  const PersonsView& right) {
  if (layout == MatchLayout::kPairs) {
    return {id_column("left_id", left),
            id_column("right_id", right),
            {"score", CellType::kPercent6},
            {"case", CellType::kText},
            {"decision", CellType::kText}};
  }
  std::vector<Column> columns;
  add_person_columns("Table1_", shows_middle_name(algorithm), left, columns);
  add_person_columns("Table2_", shows_middle_name(algorithm), right, columns);
  columns.push_back({std::string(flag_column(algorithm)), CellType::kText});
  columns.push_back({"Confidence", CellType::kFloat});
  columns.push_back({"MatchedFields", CellType::kText});
  return columns;
}

std::span<const Cell> MatchRows::cells(const Match& match, const PersonsView& left, const PersonsView& right) {
  cells_.clear();
  if (layout_ == MatchLayout::kPeer) {
    add_peer_cells(match, left, right);
  } else {
    cells_.push_back(id_cell(left, match.left_row));
    cells_.push_back(id_cell(right, match.right_row));
    cells_.push_back(real(CellType::kPercent6, match.score));
    cells_.push_back(text(short_label(match.rule)));
    cells_.push_back(text(match.for_review ? "review" : "match"));
  }
  return cells_;
}

void MatchRows::add_peer_cells(const Match& match, const PersonsView& left, const PersonsView& right) {
  dates_ = {};
  add_person(left, match.left_row);
  add_person(right, match.right_row);
  cells_.push_back(text("true"));
  cells_.push_back(real(CellType::kFloat, match.score / 100.0));
  const MatchedFields fields = matched_fields(algorithm_, match.rule);
  fields_.clear();
  for (std::size_t i = 0; i < fields.count; ++i) fields_.append(i == 0 ? "" : ",").append(fields.words[i]);
  cells_.push_back(text(fields_));
}

void MatchRows::add_person(const PersonsView& table, std::size_t row) {
  cells_.push_back(id_cell(table, row));
  cells_.push_back(text_or_null(table.uuid, row));
  cells_.push_back(text_or_null(table.first_name, row));
  if (shows_middle_name(algorithm_)) cells_.push_back(text_or_null(table.middle_name, row));
  cells_.push_back(text_or_null(table.last_name, row));
  if (!table.birthdate.valid(row)) {
    cells_.emplace_back();
    return;
  }
  std::string& date = dates_[0].empty() ? dates_[0] : dates_[1];
  date = format_iso_date(table.birthdate.days[row]);
  cells_.push_back(text(date));
}

Status write_matches(TableSink& sink, MatchLayout layout, Algorithm algorithm, std::span<const Match> matches,
                     const PersonsView& left, const PersonsView& right) {
  if (auto status = sink.begin(match_columns(layout, algorithm, left, right)); !status) return status;
  MatchRows rows(layout, algorithm);
  for (const Match& match : matches) {
    if (auto status = sink.write(rows.cells(match, left, right)); !status) return status;
  }
  return sink.finish();
}

Status write_households(TableSink& sink, std::span<const HouseholdMatch> households) {
  const std::vector<Column> columns = {{"id", CellType::kInteger},       {"uuid", CellType::kText},
                                       {"hh_id", CellType::kText},       {"match_percentage", CellType::kPercent2},
                                       {"region_code", CellType::kText}, {"poor_hat_0", CellType::kText},
                                       {"poor_hat_10", CellType::kText}};
  if (auto status = sink.begin(columns); !status) return status;
  std::int64_t number = 0;
  for (const HouseholdMatch& household : households) {
    const std::array<Cell, 7> cells = {integer(++number), text(household.uuid), text(household.hh_id),
                                       real(CellType::kPercent2, household.percent)};
    if (auto status = sink.write(cells); !status) return status;
  }
  return sink.finish();
}

Status write_cluster_members(TableSink& sink, const Clusters& clusters, const PersonsView& table) {
  const std::vector<Column> columns = {
      id_column("id", table), {"cluster_id", CellType::kInteger}, {"cluster_size", CellType::kInteger}};
  if (auto status = sink.begin(columns); !status) return status;
  for (std::size_t row = 0; row < table.row_count; ++row) {
    const std::uint32_t cluster = clusters.cluster_of_row[row];
    const std::array cells = {id_cell(table, row), integer(std::int64_t{cluster} + 1),
                              integer(clusters.clusters[cluster].size)};
    if (auto status = sink.write(cells); !status) return status;
  }
  return sink.finish();
}

Status write_conflicts(TableSink& sink, const Clusters& clusters, std::span<const RowPair> conflicts,
                       const PersonsView& table) {
  const std::vector<Column> columns = {
      {"cluster_id", CellType::kInteger}, id_column("left_id", table), id_column("right_id", table)};
  if (auto status = sink.begin(columns); !status) return status;
  for (const auto& [left, right] : conflicts) {
    const std::array cells = {integer(std::int64_t{clusters.cluster_of_row[left]} + 1), id_cell(table, left),
                              id_cell(table, right)};
    if (auto status = sink.write(cells); !status) return status;
  }
  return sink.finish();
}

}  // namespace matcher
