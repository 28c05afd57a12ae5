// Other inputs made from the mapped one: altered in place (the challenge), restored, or without rows.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "assay/plugin.h"
#include "harness/core/result.hpp"

namespace assay::worker {

// Adds one to every second value of one fixed-width column of the first table (the first date32 column, else the first
// float64, else the first int32), and swaps the first two letters of every second text, of the first 65,536 rows, in
// every text column of every table where both are ASCII letters. The mapping must be private; it is made writable for
// the moment only, so that neither pointers, lengths, names nor row counts change. A plugin that answers from memory,
// or that keeps what it made of a value by its address or its row, now differs from the baseline. Returns the names of
// the altered columns. O(rows). Errors: kUsage if there is nothing to alter.
[[nodiscard]] Result<std::string> alter_input(const assay_dataset& dataset);

// Undoes alter_input. Integers and texts come back exactly; a float64 beyond 2^52 need not.
[[nodiscard]] Result<std::string> restore_input(const assay_dataset& dataset);

// A view of the same tables and columns with no rows; valid while the original is.
class EmptyInput {
 public:
  explicit EmptyInput(const assay_dataset& original);
  EmptyInput(const EmptyInput&) = delete;
  EmptyInput& operator=(const EmptyInput&) = delete;
  [[nodiscard]] const assay_dataset* view() const { return &dataset_; }

 private:
  std::deque<assay_table> tables_;
  std::vector<const assay_table*> pointers_;
  assay_dataset dataset_{};
};

}  // namespace assay::worker
