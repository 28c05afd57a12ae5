// Choosing among pairs: fewer matches for each row, at most one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "matcher/reference/match.hpp"

namespace matcher::reference {

// All of them leave pairs for review as they are and give the order of match(). With one table (same_table) a row is
// the same row on either side of a pair.

// For each left row the pair of the greatest score; of several the one of the least right id, then right row.
[[nodiscard]] std::vector<Match> select_best(std::span<const Match> pairs);

// In order of descending score, then left id, right id, left row, right row: every pair whose rows are both free.
[[nodiscard]] std::vector<Match> select_greedy(std::span<const Match> pairs, bool same_table = false);

// The score in units of 1e-9 percent, halves rounded away from zero.
[[nodiscard]] std::int64_t score_units(double score_percent);

struct OptimalSelection {
  std::vector<Match> matches;
  std::int64_t score_sum = 0;  // of the matches, pairs for review apart, in units of 1e-9 percent
};

// The choice in which no row is twice that has the greatest sum of scores, by trying all. Throws std::length_error if
// more answers would have to be kept than for 12 x 12 rows that all match; long chains are no trouble.
// REQUIRES: with one table the left row of a pair comes before the right one.
[[nodiscard]] OptimalSelection select_optimal(std::span<const Match> pairs, bool same_table = false);

}  // namespace matcher::reference
