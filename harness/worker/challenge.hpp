// The challenge: the same input at the same address with other contents, which only an honest computation answers
// right.
#pragma once

#include <string>

#include "assay/plugin.h"
#include "harness/core/result.hpp"

namespace assay::worker {

// Adds one to every second value of one fixed-width column of the first table: the first date32 column, else the first
// float64, else the first int32. The mapping must be private; it is made writable for the moment only, so that neither
// pointers, names nor row counts change. A plugin that answers from memory, or from anything but the input, now differs
// from the baseline. Returns the name of the altered column.
// Errors: kUsage if no table has such a column or it holds fewer than two rows.
[[nodiscard]] Result<std::string> alter_input(const assay_dataset& dataset);

}  // namespace assay::worker
