// The matches of a run in sorted files, found part by part within a memory budget.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "matcher/engine/match_list.hpp"
#include "matcher/engine/match_options.hpp"
#include "matcher/io/result_layouts.hpp"
#include "matcher/io/table_sink.hpp"
#include "matcher/model/error.hpp"
#include "matcher/parallel/stage_watch.hpp"
#include "matcher/partitioned/match_spill.hpp"
#include "matcher/partitioned/partitioned_input.hpp"
#include "matcher/partitioned/table_scan.hpp"
#include "matcher/partitioned/work_folder.hpp"

namespace matcher {

// What is kept with a match beside its rows and its score; valid until the next call. Called by one thread at a time.
using CellsOfMatch =
    std::function<std::span<const Cell>(const Match&, const PersonsView& left, const PersonsView& right)>;
[[nodiscard]] CellsOfMatch cells_of_layout(MatchLayout layout, Algorithm algorithm);

struct FindRequest {
  // With options.same_table both are the same table.
  const PartitionedInput& left;
  const PartitionedInput& right;
  const MatchOptions& options;
  std::size_t memory_bytes = kLeastMemoryBytes;
  CellsOfMatch cells_of{};  // empty: nothing
  std::string run{};        // begins the names of steps and files of one of several runs in a folder
  // By row number, whether the row takes part; null: all do.
  const std::vector<bool>* left_pool = nullptr;
  const std::vector<bool>* right_pool = nullptr;
};

struct MatchFiles {
  TableScan left{};
  TableScan right{};
  std::uint64_t accepted = 0;  // matches and pairs for review
  std::vector<std::uint64_t> candidate_counts{};
  std::vector<std::filesystem::path> runs{};
  std::filesystem::path scratch{};  // begins the names of files that a merge needs meanwhile

  // Every match in the order of results. Errors: kInternal, and what visit answers.
  [[nodiscard]] Status visit(const VisitMatch& visit) const { return merge_match_runs(runs, scratch, visit); }
  // The same; must not outlive this object.
  [[nodiscard]] EachMatch each() const;
};

// The matches that run_match finds, in files of the folder; steps that its journal says are done are not done again.
// Files of rows are removed at the end. Throws Cancelled, std::bad_alloc and std::system_error. Errors: those of the
// inputs and of run_match; kInternal (disk full).
[[nodiscard]] Result<MatchFiles> find_matches(const FindRequest& request, WorkFolder& folder);

// begin, the matches that were kept with cells of this layout, finish. keep: by place in the order; empty: all are
// written. Throws Cancelled. Errors: those of the files and of the sink.
using KeepMatch = std::function<bool(std::uint64_t place, const SpilledMatch& match)>;
[[nodiscard]] Status write_match_files(const MatchFiles& files, MatchLayout layout, Algorithm algorithm,
                                       TableSink& sink, const RunWatch& watch, const KeepMatch& keep = {});

}  // namespace matcher
