// The algorithms on pairs of persons, over two tables or within one: every pair that the algorithm accepts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "matcher/reference/options.hpp"
#include "matcher/reference/person.hpp"
#include "matcher/reference/rule.hpp"

namespace matcher::reference {

enum class Decision {
  kMatch,   // the score reaches the threshold
  kReview,  // only the bound for review
};

struct Match {
  std::int64_t left_id = 0;
  std::int64_t right_id = 0;
  Rule rule = Rule::kExact;
  double score = 100.0;  // percent; 100 for kExact
  // As in CaseScore; all zero for kExact.
  std::size_t distance = 0;
  std::size_t matches = 0;
  std::size_t half_transpositions = 0;
  std::size_t prefix = 0;
  bool phonetic_equal = false;
  // Numbers of the rows in their tables.
  std::size_t left_row = 0;
  std::size_t right_row = 0;
  Decision decision = Decision::kMatch;
};

// All accepted pairs in (left id, right id, left row, right row) order; nullopt if cancelled. Looks at every pair of
// rows. With options.same_table both tables are the one table. Throws std::invalid_argument if a blocking key is none.
[[nodiscard]] std::optional<std::vector<Match>> match(std::span<const Person> left, std::span<const Person> right,
                                                      const MatchOptions& options);

// In the order of match().
void sort_matches(std::vector<Match>& matches);

}  // namespace matcher::reference
