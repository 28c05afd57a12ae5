// A5 and A6 (L12): which households of two tables are the same, from matches of their persons.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "matcher/reference/match.hpp"

namespace matcher::reference {

enum class HouseholdAlgorithm {
  kA5,  // share of the left household's rows that matched
  kA6,  // share of the right household's rows; L12 is the same
};

struct HouseholdMatch {
  std::size_t number = 0;  // from 1
  std::string uuid;        // of the left household
  std::string household;   // the right one: hh_id, or the decimal id
  std::size_t matched = 0;
  std::size_t total = 0;
  float percent = 0.0F;  // float(matched) / float(total) x 100
};

// Matches persons with A4, whatever options.algorithm says, and rolls the matches up. nullopt if cancelled.
[[nodiscard]] std::optional<std::vector<HouseholdMatch>> match_households(std::span<const Person> left,
                                                                          std::span<const Person> right,
                                                                          const MatchOptions& options,
                                                                          HouseholdAlgorithm algorithm);

// The households whose percentage is greater than 50, in order of (uuid, household) by bytes. A person is a row, not an
// id. Pairs for review do not count.
[[nodiscard]] std::vector<HouseholdMatch> roll_up_households(std::span<const Person> left,
                                                             std::span<const Person> right,
                                                             std::span<const Match> pairs,
                                                             HouseholdAlgorithm algorithm);

}  // namespace matcher::reference
