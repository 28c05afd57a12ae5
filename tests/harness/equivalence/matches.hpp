// A result table of tests: rows as a struct, and the columns, contract and ABI table made from them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "assay/plugin.h"
#include "harness/core/contract.hpp"
#include "harness/equivalence/table_view.hpp"

namespace assay::equivalence {

struct Match {
  std::int64_t left = 0;
  std::int64_t right = 0;
  std::optional<std::uint32_t> rule = 0;
  std::uint32_t distance = 0;
  std::optional<double> score = 0.0;
  std::optional<std::string> note = "";
  std::int32_t day = 0;

  friend bool operator==(const Match&, const Match&) = default;
};

inline constexpr std::size_t kMatchColumns = 7;

// Key (left, right), everything exact, any order.
[[nodiscard]] ResultContract match_contract();

// Rows in key order with distinct keys; the values come from the seed.
[[nodiscard]] std::vector<Match> some_matches(std::size_t rows, std::uint64_t seed = 1);

// The columns of some rows in Arrow layout, and the table that points to them. Everything is public so that tests can
// damage it.
struct MatchTable {
  explicit MatchTable(const std::vector<Match>& rows);
  MatchTable(const MatchTable&) = delete;
  MatchTable& operator=(const MatchTable&) = delete;

  // REQUIRES: the table passes the checks.
  [[nodiscard]] TableView view(const ResultContract& contract = match_contract()) const;

  std::vector<std::int64_t> left, right;
  std::vector<std::uint32_t> rule, distance;
  std::vector<double> score;
  std::vector<std::int32_t> note_offsets;
  std::string note;
  std::vector<std::int32_t> day;
  std::vector<std::uint8_t> rule_validity, score_validity, note_validity;
  std::array<assay_column, kMatchColumns> columns;
  std::array<const assay_column*, kMatchColumns> pointers;
  assay_table table;
};

}  // namespace assay::equivalence
