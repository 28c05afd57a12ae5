// Matching households of tables that do not fit the memory: person matches in files, households in memory.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "matcher/engine/match_options.hpp"
#include "matcher/household/roll_up.hpp"
#include "matcher/model/error.hpp"
#include "matcher/partitioned/partitioned_input.hpp"

namespace matcher {

struct PartitionedHouseholds {
  TableFacts left{};
  TableFacts right{};
  std::uint64_t person_pairs = 0;
  std::vector<HouseholdMatch> households{};
};
using UseHouseholds = std::function<Status(const PartitionedHouseholds&)>;

// Finds what match_persons and roll_up_households find, and calls use with it before the temporary files are removed.
// A counted person needs 16 bytes and a matched household about 100, which must fit the budget. options: of A4. Errors:
// as match_partitioned; kBadInput if the left table has no column uuid; those of use.
[[nodiscard]] Status household_partitioned(const PartitionedInput& left, const PartitionedInput& right,
                                           const MatchOptions& options, const PartitionedOptions& partitioned,
                                           HouseholdSide side, const UseHouseholds& use);

// Errors: kBadInput, with the name of the table.
[[nodiscard]] Status check_left_households(const PersonsView& left, const std::string& name);

}  // namespace matcher
