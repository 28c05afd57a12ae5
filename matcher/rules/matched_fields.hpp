// The words that the audited program writes into every match: what agreed.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "matcher/model/algorithm.hpp"
#include "matcher/rules/case_rule.hpp"

namespace matcher {

// Every word that matched_fields can give.
inline constexpr std::array<std::string_view, 14> kMatchedFieldWords = {
    "fuzzy",  "DIRECT MATCH", "CASE 1",    "CASE 2",      "CASE 3",    "WEIGHTED",      "AUTO MATCH",
    "REVIEW", "first_name",   "last_name", "middle_name", "birthdate", "barangay_code", "city_code"};

struct MatchedFields {
  std::array<std::string_view, 4> words{};
  std::size_t count = 0;
};

// For scored algorithms "fuzzy", the rule and the birthdate, for exact ones the columns that are equal.
[[nodiscard]] inline MatchedFields matched_fields(Algorithm algorithm, Rule rule) {
  if (!is_exact(algorithm)) return {{"fuzzy", label(rule), "birthdate"}, 3};
  const bool in_barangay = algorithm >= Algorithm::kL4 && algorithm <= Algorithm::kL6;
  const bool in_city = algorithm >= Algorithm::kL7 && algorithm <= Algorithm::kL9;
  const std::string_view place = in_barangay ? "barangay_code" : in_city ? "city_code" : "birthdate";
  const bool without_middle = algorithm == Algorithm::kA1 || algorithm == Algorithm::kL3 ||
                              algorithm == Algorithm::kL6 || algorithm == Algorithm::kL9;
  if (without_middle) return {{"first_name", "last_name", place}, 3};
  return {{"first_name", "middle_name", "last_name", place}, 4};
}

}  // namespace matcher
