// The engine's interface: two tables of persons in, accepted pairs out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matcher/engine/match.hpp"
#include "matcher/engine/match_options.hpp"
#include "matcher/engine/pair_filter.hpp"
#include "matcher/model/error.hpp"
#include "matcher/model/persons_view.hpp"

namespace matcher {

struct MatchResult {
  std::vector<Match> matches;
  std::vector<std::uint64_t> candidate_counts;  // pairs tested, by blocking key or by internal join
  std::optional<std::string> filter_failure{};  // why a filter was given up; the result is complete without it
};

// Every pair that options.algorithm accepts (docs/algorithms.md), in the order of sorted_matches, whatever the number
// of threads. Errors: kBadInput (a table of 2^31 rows or more, options out of range), kCancelled, kInternal (no
// memory). Time O(rows + candidates); without blocking keys candidates share the finest key that loses nothing.
[[nodiscard]] Result<MatchResult> run_match(const PersonsView& left, const PersonsView& right,
                                            const MatchOptions& options);

// The same by way of a filter: the same matches; candidate_counts are what the filter looked at. If the filter fails,
// all of it is done without. Errors also: kBadInput for options that cannot be filtered (why_not_filtered).
[[nodiscard]] Result<MatchResult> run_match(const PersonsView& left, const PersonsView& right,
                                            const MatchOptions& options, PairFilter& filter);

// The same, the matches alone.
[[nodiscard]] Result<std::vector<Match>> match_persons(const PersonsView& left, const PersonsView& right,
                                                       const MatchOptions& options);

}  // namespace matcher
