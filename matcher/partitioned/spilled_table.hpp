// A table as a file of rows, so that its source is read once, however often its rows are needed.
#pragma once

#include <functional>

#include "matcher/model/error.hpp"
#include "matcher/parallel/stage_watch.hpp"
#include "matcher/partitioned/partitioned_input.hpp"
#include "matcher/partitioned/table_scan.hpp"
#include "matcher/partitioned/work_folder.hpp"

namespace matcher {

struct SpilledTable {
  TableScan scan{};
  PartitionedInput input{};  // the same rows in the same order; must not outlive the folder
};

// One pass over the table, unless the journal says that it is done. Throws Cancelled. Errors: those of the source;
// kInternal (disk full).
[[nodiscard]] Result<SpilledTable> spill_table(const PartitionedInput& source, bool is_left, const RunWatch& watch,
                                               WorkFolder& folder);

// Calls visit with every row, in order. Errors: those of reading.
using VisitRow = std::function<void(const PersonsView& batch, std::size_t row)>;
[[nodiscard]] Status each_row(const SpilledTable& table, const VisitRow& visit);

}  // namespace matcher
