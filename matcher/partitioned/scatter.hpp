// Divides the rows of a table among files, so that rows that can match lie in files of the same number.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "matcher/engine/match_plan.hpp"
#include "matcher/partitioned/partitioned_input.hpp"
#include "matcher/partitioned/table_scan.hpp"
#include "matcher/partitioned/work_folder.hpp"

namespace matcher {

struct ScatterRequest {
  const std::vector<PassGroup>& groups;
  const MatchOptions& options;
  std::size_t parts = 1;
  std::size_t buffer_bytes = 0;  // of all files together
  bool is_left = true;
  std::string run{};                        // begins the names of steps and files of one of several runs in a folder
  const std::vector<bool>* pool = nullptr;  // by row number, whether the row takes part; null: all do
};

// The file of one part of one side.
[[nodiscard]] std::filesystem::path part_file(const WorkFolder& folder, const ScatterRequest& request,
                                              std::size_t group, std::size_t part);

// One pass over the table, unless the journal says that it is done. Throws Cancelled and std::bad_alloc. Errors: those
// of the source; kInternal (disk full).
[[nodiscard]] Result<TableScan> scatter(const PartitionedInput& input, const ScatterRequest& request,
                                        WorkFolder& folder);

}  // namespace matcher
