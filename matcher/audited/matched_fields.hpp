// The words that the audited program writes into every match: what agreed.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "matcher/model/algorithm.hpp"
#include "matcher/rules/case_rule.hpp"

namespace matcher {

// Every word that matched_fields can give.
inline constexpr std::array<std::string_view, 9> kMatchedFieldWords = {
    "fuzzy", "DIRECT MATCH", "CASE 1", "CASE 2", "CASE 3", "first_name", "middle_name", "last_name", "birthdate"};

struct MatchedFields {
  std::array<std::string_view, 4> words;
  std::size_t count = 0;
};

[[nodiscard]] inline MatchedFields matched_fields(Algorithm algorithm, Rule rule) {
  if (!is_exact(algorithm)) return {{"fuzzy", label(rule), "birthdate"}, 3};
  if (algorithm == Algorithm::kA1) return {{"first_name", "last_name", "birthdate"}, 3};
  return {{"first_name", "middle_name", "last_name", "birthdate"}, 4};
}

}  // namespace matcher
