// The full comparison of two results: every missing, extra, differing, repeated and misplaced row, with examples.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/equivalence/table_view.hpp"

namespace assay::equivalence {

inline constexpr std::size_t kMostExamples = 10;  // of each kind

struct CellDifference {
  std::string column;
  std::optional<std::string> baseline;   // as text; null if the row is not there
  std::optional<std::string> candidate;  // the same
};

struct RowExample {
  std::optional<std::uint64_t> baseline_row;  // from 0
  std::optional<std::uint64_t> candidate_row;
  std::string key;                    // "left_id=4, right_id=17"
  std::vector<CellDifference> cells;  // differing rows: what differs; else every column outside the key
};

struct Finding {
  std::uint64_t count = 0;
  std::vector<RowExample> examples;  // the first ones, in the order of the table they are in
};

struct Comparison {
  std::uint64_t baseline_rows = 0;
  std::uint64_t candidate_rows = 0;
  Finding missing;               // rows of the baseline without a partner in the candidate
  Finding extra;                 // rows of the candidate without a partner in the baseline
  Finding differing;             // partners, by key, with a cell that is not equal
  Finding baseline_duplicates;   // rows whose key an earlier row has; never under an empty key
  Finding candidate_duplicates;  // the same
  Finding out_of_order;          // ordered contracts: rows whose partner comes before that of an earlier row

  [[nodiscard]] bool equal() const {
    return missing.count + extra.count + differing.count + baseline_duplicates.count + candidate_duplicates.count +
               out_of_order.count ==
           0;
  }
};

// Pairs the rows of both results by key, the n-th row with a key with the n-th row with that key, and compares the
// cells under the tolerances of the contract. If both sides come in ascending key order they are merged: O(rows), no
// extra memory. Else the baseline goes into a hash table (row_index.hpp) of 12.25 bytes a row, 16.25 if keys repeat;
// rows that match nothing cost 4, and then 12.25, a row of the candidate. REQUIRES: both views were made under this
// contract. Errors: kUsage if the contract is not sound; kInternal if memory does not suffice, or above 4.29e9 rows out
// of order.
[[nodiscard]] Result<Comparison> compare_results(const TableView& baseline, const TableView& candidate,
                                                 const ResultContract& contract);

// One line: "equal: 1,000 rows", or the counts that are not 0 and the first example.
[[nodiscard]] std::string summary(const Comparison& comparison);

}  // namespace assay::equivalence
