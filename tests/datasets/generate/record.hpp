// One row of a left or right table with its letters decoded, and the pairs of the truth table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "datasets/generate/letters.hpp"
#include "datasets/generate/people.hpp"
#include "datasets/load/column_view.hpp"
#include "datasets/load/dataset.hpp"

namespace assay::datasets::test {

using Letters = std::u32string;

struct Record {
  std::optional<Letters> first, middle, last;
  std::optional<std::int32_t> birthdate;
  std::optional<std::string> hh_id;
  std::string uuid;
};

struct TruePair {
  std::int64_t left_id;
  std::int64_t right_id;
  std::uint32_t kinds;
};

inline std::optional<Letters> letters_of(const assay_table& table, const char* name, std::uint64_t row) {
  const assay_column& column = *find_column(table, name);
  if (is_null(column, row)) return std::nullopt;
  Letters letters;
  decode_utf8(text(column, row), &letters);
  return letters;
}

inline Record record(const assay_table& table, std::uint64_t row) {
  Record result{letters_of(table, "first_name", row),
                letters_of(table, "middle_name", row),
                letters_of(table, "last_name", row),
                std::nullopt,
                std::nullopt,
                std::string(text(*find_column(table, "uuid"), row))};
  const assay_column& birthdate = *find_column(table, "birthdate");
  if (!is_null(birthdate, row)) result.birthdate = value<std::int32_t>(birthdate, row);
  const assay_column& hh_id = *find_column(table, "hh_id");
  if (!is_null(hh_id, row)) result.hh_id = std::string(text(hh_id, row));
  return result;
}

inline std::vector<TruePair> true_pairs(const Dataset& dataset) {
  const assay_table& truth = *dataset.table("truth");
  std::vector<TruePair> pairs;
  for (std::uint64_t row = 0; row < truth.row_count; ++row) {
    pairs.push_back({value<std::int64_t>(*find_column(truth, "left_id"), row),
                     value<std::int64_t>(*find_column(truth, "right_id"), row),
                     value<std::uint32_t>(*find_column(truth, "error_kinds"), row)});
  }
  return pairs;
}

inline Record left_of(const Dataset& dataset, const TruePair& pair) {
  return record(*dataset.table("left"), static_cast<std::uint64_t>(pair.left_id - kFirstLeftId));
}
inline Record right_of(const Dataset& dataset, const TruePair& pair) {
  return record(*dataset.table("right"), static_cast<std::uint64_t>(pair.right_id - kFirstRightId));
}

}  // namespace assay::datasets::test
