// Matching tables that do not fit the memory: divided by key into files, matched part by part, merged.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "matcher/engine/match_options.hpp"
#include "matcher/io/persons_source.hpp"
#include "matcher/io/result_layouts.hpp"
#include "matcher/io/table_sink.hpp"
#include "matcher/model/error.hpp"
#include "matcher/resolution/selection.hpp"

namespace matcher {

// A table that can be read from its start.
struct PartitionedInput {
  std::string identity{};   // changes when the content changes: path, size, time of change
  std::uint64_t bytes = 0;  // about; 0: not known
  std::function<Result<std::unique_ptr<PersonsSource>>()> open{};
};

struct PartitionedOptions {
  // Of the whole process, resident. At least kLeastMemoryBytes.
  std::size_t memory_bytes = std::size_t{512} << 20;
  std::filesystem::path work_folder{};  // needs room for about twice the input, per group of joins, and for the result
  bool resume = false;                  // go on where an earlier run with the same inputs and options has stopped
  MatchLayout layout = MatchLayout::kPairs;
  Selection selection = Selection::kAll;
};

// Called once the result is written and before the temporary files are removed, so that a failure of it leaves them to
// go on with. May be empty.
struct PartitionedResult;
using ConcludeRun = std::function<Status(const PartitionedResult&)>;

inline constexpr std::size_t kLeastMemoryBytes = std::size_t{64} << 20;

// What is known of a table after one pass over it.
struct TableFacts {
  std::uint64_t rows = 0;
  ReadReport report{};
  bool ids_ascend = true;                // strictly: then no id occurs twice
  std::array<std::uint64_t, 4> nulls{};  // of first, middle, last name and birthdate
};

struct PartitionedResult {
  TableFacts left{};
  TableFacts right{};
  std::uint64_t accepted = 0;  // matches and pairs for review, before the selection
  std::uint64_t matches = 0;
  std::uint64_t review = 0;
  std::vector<std::uint64_t> candidate_counts{};
};

// Where the result goes; asked for when there is one to write, so that a run that is killed before leaves nothing
// there.
using OpenSink = std::function<Result<std::unique_ptr<TableSink>>()>;

// Writes what run_match, select_matches and write_matches would write, to the byte, whatever the budget. The work
// folder is removed at the end; after a failure or a kill it stays, for resume. Errors: those of the sources, of
// run_match and of the sink; kBadInput (too little memory, a folder that is not ours); kInternal (disk full).
[[nodiscard]] Result<PartitionedResult> match_partitioned(const PartitionedInput& left, const PartitionedInput& right,
                                                          const MatchOptions& options,
                                                          const PartitionedOptions& partitioned,
                                                          const OpenSink& open_sink, const ConcludeRun& conclude);

}  // namespace matcher
