// Algorithms A1 to A4 over two tables of persons: every pair that the algorithm accepts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "matcher/reference/case_rule.hpp"
#include "matcher/reference/person.hpp"

namespace matcher::reference {

// A1: birthdate, first and last name equal. A2: as A1, and middle equal or both null. A3: birthdate equal and the case
// rule on first, middle, last. A4: birthdate equal and the case rule on first, last. Names go through normalize_text
// before anything else. A null birthdate never matches; in A1 and A2 neither does a null first or last name.
enum class Algorithm { kA1, kA2, kA3, kA4 };

struct Match {
  std::int64_t left_id = 0;
  std::int64_t right_id = 0;
  Rule rule = Rule::kExact;
  double score = 100.0;  // percent; 100 for kExact and kDirect
  // As in CaseScore; all zero for kExact and kDirect.
  std::size_t distance = 0;
  std::size_t matches = 0;
  std::size_t half_transpositions = 0;
  std::size_t prefix = 0;
  bool phonetic_equal = false;
};

struct MatchOptions {
  Algorithm algorithm = Algorithm::kA3;
  // A3 and A4 keep a pair if score / 100 >= threshold_percent / 100, both rounded to float; A1 and A2 do not ask.
  double threshold_percent = 95.0;
  // Asked once per row read and once per left row compared; may be empty.
  std::function<bool()> is_cancelled;
};

// All accepted pairs in (left id, right id) order; nullopt if cancelled. Looks at every pair of rows.
[[nodiscard]] std::optional<std::vector<Match>> match(std::span<const Person> left, std::span<const Person> right,
                                                      const MatchOptions& options);

}  // namespace matcher::reference
