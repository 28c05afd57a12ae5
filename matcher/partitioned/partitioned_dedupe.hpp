// Deduplicating a table that does not fit the memory: matches in files, clusters in memory.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "matcher/engine/match_list.hpp"
#include "matcher/engine/match_options.hpp"
#include "matcher/io/result_layouts.hpp"
#include "matcher/io/table_sink.hpp"
#include "matcher/model/error.hpp"
#include "matcher/partitioned/partitioned_input.hpp"

namespace matcher {

// What the later phase has in hand: everything that clusters need, and no names.
struct DedupeMatches {
  PersonsView ids;         // the table with its ids alone
  std::uint64_t accepted;  // matches and pairs for review
  EachMatch matches;
  // The pairs as a table; see write_matches. Only if they were kept.
  std::function<Status(TableSink&)> write_pairs;
  // Errors: kBadInput if so many bytes more do not fit the budget.
  std::function<Status(std::uint64_t bytes, const std::string& what, const std::string& instead)> check_budget;
};
using UseDedupeMatches = std::function<Status(const DedupeMatches&, const TableFacts&)>;

// Finds what match_persons finds within one table, and calls use with it before the temporary files are removed.
// Clusters need about 40 bytes per row, which must fit the budget. keep_pairs: the layout to write pairs in, if any.
// Errors: as match_partitioned; those of use.
[[nodiscard]] Status dedupe_partitioned(const PartitionedInput& table, const MatchOptions& options,
                                        const PartitionedOptions& partitioned, std::optional<MatchLayout> keep_pairs,
                                        const UseDedupeMatches& use);

}  // namespace matcher
