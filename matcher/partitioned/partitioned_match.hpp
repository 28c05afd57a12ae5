// Matching tables that do not fit the memory: divided by key into files, matched part by part, merged.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "matcher/engine/match_options.hpp"
#include "matcher/io/result_layouts.hpp"
#include "matcher/io/table_sink.hpp"
#include "matcher/model/error.hpp"
#include "matcher/partitioned/partitioned_input.hpp"
#include "matcher/resolution/selection.hpp"

namespace matcher {

struct PartitionedResult {
  TableFacts left{};
  TableFacts right{};
  std::uint64_t accepted = 0;  // matches and pairs for review, before the selection
  std::uint64_t matches = 0;
  std::uint64_t review = 0;
  std::vector<std::uint64_t> candidate_counts{};
};

// Called once the result is written and before the temporary files are removed, so that a failure of it leaves them to
// go on with. May be empty.
using ConcludeRun = std::function<Status(const PartitionedResult&)>;

// Where the result goes; asked for when there is one to write, so that a run that is killed before leaves nothing
// there. The sink must outlive the conclusion.
using OpenSink = std::function<Result<TableSink*>()>;

// Writes what run_match, select_matches and write_matches would write, to the byte, whatever the budget. The work
// folder is removed at the end; after a failure or a kill it stays, for resume. Errors: those of the sources, of
// run_match and of the sink; kBadInput (too little memory, a folder that is not ours); kInternal (disk full).
[[nodiscard]] Result<PartitionedResult> match_partitioned(const PartitionedInput& left, const PartitionedInput& right,
                                                          const MatchOptions& options,
                                                          const PartitionedOptions& partitioned, MatchLayout layout,
                                                          Selection selection, const OpenSink& open_sink,
                                                          const ConcludeRun& conclude);

}  // namespace matcher
