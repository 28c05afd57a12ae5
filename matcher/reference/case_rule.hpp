// The case rule of A3, A4, A7-TIERS, L10 and L11: when two full names are the same person's, and how sure that is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "matcher/reference/levenshtein.hpp"
#include "matcher/reference/rule.hpp"

namespace matcher::reference {

// A name as the case rule sees it. Only a name with a middle part has one in its full name and its parts.
struct CaseName {
  std::u32string full;         // normalize_simple("first middle last") or normalize_simple("first last")
  std::size_t full_bytes = 0;  // of full, in UTF-8
  bool is_blank = true;        // full is nothing but white space
  std::string phonetic_code;   // Double Metaphone of normalize_for_phonetic of the joined name
  std::u32string first;        // normalize_simple of each part
  std::u32string middle;
  std::u32string last;
};

// With a middle part (A3). Parts are normal forms; a null part is given as "": a null middle leaves two spaces in the
// full name. code_length: greatest length of the phonetic code, 0 for no limit.
[[nodiscard]] CaseName case_name(std::string_view first, std::string_view middle, std::string_view last,
                                 std::size_t code_length = 4);
// Without one (A4).
[[nodiscard]] CaseName case_name(std::string_view first, std::string_view last, std::size_t code_length = 4);

// The verdict on an accepted pair.
struct CaseScore {
  Rule rule = Rule::kDirect;
  double score = 100.0;  // percent
  // What the score is made of; all zero for kDirect and kWeighted.
  std::size_t distance = 0;
  std::size_t matches = 0;
  std::size_t half_transpositions = 0;
  std::size_t prefix = 0;
  bool phonetic_equal = false;  // both codes equal and not empty
  // Of the full names, percent; 100 for kDirect and kWeighted.
  double levenshtein_percent = 100.0;
  double jaro_winkler_percent = 100.0;
};

// The verdict on two names, nullopt if they do not match. Blank full names (nothing but white space) never match.
[[nodiscard]] std::optional<CaseScore> case_rule(const CaseName& left, const CaseName& right,
                                                 LengthUnit unit = LengthUnit::kBytes);

// The percentage that Levenshtein distance of two full names is.
[[nodiscard]] double full_name_percent(std::size_t distance, const CaseName& left, const CaseName& right,
                                       LengthUnit unit);

}  // namespace matcher::reference
