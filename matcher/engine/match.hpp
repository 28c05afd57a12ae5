// One accepted pair of persons, and the order in which pairs are reported.
#pragma once

#include <cstdint>
#include <vector>

#include "matcher/model/persons_view.hpp"
#include "matcher/rules/case_rule.hpp"
#include "matcher/similarity/score_parts.hpp"

namespace matcher {

struct Match {
  std::uint32_t left_row = 0;
  std::uint32_t right_row = 0;
  Rule rule = Rule::kExact;
  // Of the full names; all zero for kExact and kDirect, which compare for equality.
  ScoreParts parts{};
  std::uint8_t phonetic_equal = 0;  // 1 if both Double Metaphone codes are equal and not empty
  bool for_review = false;          // the score reaches the review bound but not the threshold
  double score = 100.0;             // percent

  friend bool operator==(const Match&, const Match&) = default;
};

// Matches as the threads that found them hand them over.
using MatchPortions = std::vector<std::vector<Match>>;

// All of them ordered by left id, right id, left row, right row: the one order of results. O(rows + matches) where ids
// ascend, else O(matches log matches).
[[nodiscard]] std::vector<Match> sorted_matches(const MatchPortions& portions, const PersonsView& left,
                                                const PersonsView& right);

}  // namespace matcher
