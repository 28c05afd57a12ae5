#include "tests/harness/equivalence/matches.hpp"

#include <random>

namespace assay::equivalence {
namespace {

template <class T, class Value>
void put(std::vector<T>& values, std::vector<std::uint8_t>& validity, std::size_t row,
         const std::optional<Value>& value) {
  if (value) validity[row / 8] = static_cast<std::uint8_t>(validity[row / 8] | 1U << row % 8);
  values.push_back(value ? *value : T{77});  // what lies under a null must not matter
}

assay_column column(assay_type type, const char* name, const std::vector<std::uint8_t>* validity, const void* offsets,
                    const void* data) {
  return {sizeof(assay_column), type, name, validity == nullptr ? nullptr : validity->data(), offsets, data};
}

}  // namespace

ResultContract match_contract() {
  ResultContract contract;
  contract.columns = {{"left_id", ASSAY_TYPE_INT64},   {"right_id", ASSAY_TYPE_INT64}, {"rule", ASSAY_TYPE_UINT32},
                      {"distance", ASSAY_TYPE_UINT32}, {"score", ASSAY_TYPE_FLOAT64},  {"note", ASSAY_TYPE_UTF8},
                      {"day", ASSAY_TYPE_DATE32}};
  contract.key = {"left_id", "right_id"};
  return contract;
}

std::vector<Match> some_matches(std::size_t rows, std::uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::vector<Match> matches(rows);
  std::int64_t left = -40;  // signed keys: the order must not be that of the bits
  std::int64_t right = 0;
  for (Match& match : matches) {
    if (engine() % 2 == 0) {
      left += 1 + static_cast<std::int64_t>(engine() % 5);
      right = static_cast<std::int64_t>(engine() % 9);
    }
    right += 1 + static_cast<std::int64_t>(engine() % 1000);
    match = {left,
             right,
             1 + static_cast<std::uint32_t>(engine() % 4),
             static_cast<std::uint32_t>(10 + engine() % 40),
             0.5 + static_cast<double>(engine() % 5000) / 10000,
             std::string(1 + engine() % 12, static_cast<char>('a' + engine() % 26)),
             static_cast<std::int32_t>(engine() % 20000)};
    if (engine() % 10 == 0) match.rule = std::nullopt;
    if (engine() % 10 == 0) match.score = std::nullopt;
    if (engine() % 10 == 0) match.note = std::nullopt;
  }
  return matches;
}

MatchTable::MatchTable(const std::vector<Match>& rows) {
  for (auto* validity : {&rule_validity, &score_validity, &note_validity}) validity->resize((rows.size() + 7) / 8);
  note_offsets.push_back(0);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const Match& match = rows[row];
    left.push_back(match.left);
    right.push_back(match.right);
    put(rule, rule_validity, row, match.rule);
    distance.push_back(match.distance);
    put(score, score_validity, row, match.score);
    if (match.note) {
      note_validity[row / 8] = static_cast<std::uint8_t>(note_validity[row / 8] | 1U << row % 8);
      note += *match.note;
    }
    note_offsets.push_back(static_cast<std::int32_t>(note.size()));
    day.push_back(match.day);
  }
  columns = {column(ASSAY_TYPE_INT64, "left_id", nullptr, nullptr, left.data()),
             column(ASSAY_TYPE_INT64, "right_id", nullptr, nullptr, right.data()),
             column(ASSAY_TYPE_UINT32, "rule", &rule_validity, nullptr, rule.data()),
             column(ASSAY_TYPE_UINT32, "distance", nullptr, nullptr, distance.data()),
             column(ASSAY_TYPE_FLOAT64, "score", &score_validity, nullptr, score.data()),
             column(ASSAY_TYPE_UTF8, "note", &note_validity, note_offsets.data(), note.data()),
             column(ASSAY_TYPE_DATE32, "day", nullptr, nullptr, day.data())};
  for (std::size_t i = 0; i < kMatchColumns; ++i) pointers[i] = &columns[i];
  table = {sizeof(assay_table), kMatchColumns, "matches", rows.size(), pointers.data()};
}

TableView MatchTable::view(const ResultContract& contract) const {
  return view_result(table, contract).value();
}

}  // namespace assay::equivalence
