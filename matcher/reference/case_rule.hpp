// The case rule of algorithms A3 and A4: when two full names are the same person's, and how sure that is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace matcher::reference {

// Which test accepted a pair.
enum class Rule { kExact = 0, kDirect = 1, kCase1 = 2, kCase2 = 3, kCase3 = 4 };

// A name as the case rule sees it. Only a name with a middle part has one in its full name and its parts.
struct CaseName {
  std::u32string full;         // normalize_simple("first middle last") or normalize_simple("first last")
  std::size_t full_bytes = 0;  // of full, in UTF-8
  bool is_blank = true;        // full is nothing but white space
  std::string phonetic_code;   // Double Metaphone of normalize_for_phonetic of the joined name, length at most 4
  std::u32string first;        // normalize_simple of each part
  std::u32string middle;
  std::u32string last;
};

// With a middle part (A3). A null part is given as "": a null middle leaves two spaces in the full name.
[[nodiscard]] CaseName case_name(std::string_view first, std::string_view middle, std::string_view last);
// Without one (A4).
[[nodiscard]] CaseName case_name(std::string_view first, std::string_view last);

struct CaseScore {
  Rule rule = Rule::kDirect;
  double score = 100.0;  // percent
  // What the score is made of; all zero for kDirect.
  std::size_t distance = 0;
  std::size_t matches = 0;
  std::size_t half_transpositions = 0;
  std::size_t prefix = 0;
  bool phonetic_equal = false;  // both codes equal and not empty
  // Percent; 100 for kDirect.
  double levenshtein_percent = 100.0;
  double jaro_winkler_percent = 100.0;
};

// The verdict on two names, nullopt if they do not match. Blank full names (nothing but white space) never match.
[[nodiscard]] std::optional<CaseScore> case_rule(const CaseName& left, const CaseName& right);

}  // namespace matcher::reference
