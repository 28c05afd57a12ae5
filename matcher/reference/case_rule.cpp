// The case rule, sentence by sentence.
#include "matcher/reference/case_rule.hpp"

#include <algorithm>

#include "matcher/reference/double_metaphone.hpp"
#include "matcher/reference/jaro_winkler.hpp"
#include "matcher/reference/normalize.hpp"

namespace matcher::reference {
namespace {

CaseName case_name_of(const std::string& joined, std::string_view first, std::string_view middle, std::string_view last,
                      std::size_t code_length) {
  const std::string full = normalize_simple(joined);
  const std::size_t longest_code = code_length == 0 ? std::string::npos : code_length;
  return {.full = code_points(full),
          .full_bytes = full.size(),
          .is_blank = is_blank(full),
          .phonetic_code = double_metaphone(normalize_for_phonetic(joined), longest_code),
          .first = code_points(normalize_simple(first)),
          .middle = code_points(normalize_simple(middle)),
          .last = code_points(normalize_simple(last))};
}

bool parts_are_close(const CaseName& left, const CaseName& right) {
  return levenshtein(left.first, right.first) <= 2 && levenshtein(left.last, right.last) <= 2 &&
         levenshtein(left.middle, right.middle) <= 2;
}

}  // namespace

CaseName case_name(std::string_view first, std::string_view middle, std::string_view last, std::size_t code_length) {
  const std::string joined = std::string(first) + ' ' + std::string(middle) + ' ' + std::string(last);
  return case_name_of(joined, first, middle, last, code_length);
}

CaseName case_name(std::string_view first, std::string_view last, std::size_t code_length) {
  return case_name_of(std::string(first) + ' ' + std::string(last), first, "", last, code_length);
}

double full_name_percent(std::size_t distance, const CaseName& left, const CaseName& right, LengthUnit unit) {
  if (unit == LengthUnit::kBytes) return levenshtein_percent(distance, std::max(left.full_bytes, right.full_bytes));
  return levenshtein_percent(distance, std::max(left.full.size(), right.full.size()));
}

std::optional<CaseScore> case_rule(const CaseName& left, const CaseName& right, LengthUnit unit) {
  if (left.is_blank || right.is_blank) return std::nullopt;
  if (left.full == right.full) return CaseScore{.rule = Rule::kDirect};

  const std::size_t distance = levenshtein(left.full, right.full);
  const JaroCounts counts = count_jaro(left.full, right.full);
  const bool phonetic_equal = !left.phonetic_code.empty() && left.phonetic_code == right.phonetic_code;
  const double lev = full_name_percent(distance, left, right, unit);
  const double jw = jaro_winkler(counts) * 100.0;
  const double mp = phonetic_equal ? 100.0 : 0.0;
  const int passed = (lev >= 85.0 ? 1 : 0) + (jw >= 85.0 ? 1 : 0) + (phonetic_equal ? 1 : 0);
  if (passed < 2) return std::nullopt;

  CaseScore score{.rule = Rule::kCase1,
                  .score = (lev + jw + mp) / 3.0,
                  .distance = distance,
                  .matches = counts.matches,
                  .half_transpositions = counts.half_transpositions,
                  .prefix = counts.prefix,
                  .phonetic_equal = phonetic_equal,
                  .levenshtein_percent = lev,
                  .jaro_winkler_percent = jw};
  if (passed == 3) return score;
  const bool is_case_3 = score.score >= 88.0 && parts_are_close(left, right);
  score.rule = is_case_3 ? Rule::kCase3 : Rule::kCase2;
  return score;
}

}  // namespace matcher::reference
