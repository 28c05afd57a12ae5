// Scores of two rows. The order of the floating-point operations is part of each definition.
#include "matcher/reference/scored.hpp"

#include <algorithm>

#include "matcher/reference/jaro_winkler.hpp"
#include "matcher/reference/soundex.hpp"

namespace matcher::reference {
namespace {

std::optional<CaseScore> score_tiers(const Row& left, const Row& right, LengthUnit unit) {
  std::optional<CaseScore> found = case_rule(left.name, right.name, unit);
  if (!found) return std::nullopt;
  found->score = 0.7 * found->score + 0.3 * tier_percent(*left.birthdate_days, *right.birthdate_days);
  return found;
}

std::optional<CaseScore> score_max3(const CaseName& left, const CaseName& right, LengthUnit unit) {
  if (left.is_blank || right.is_blank) return std::nullopt;
  if (left.full == right.full) return CaseScore{.rule = Rule::kAutoMatch};
  const std::size_t distance = levenshtein(left.full, right.full);
  const JaroCounts counts = count_jaro(left.full, right.full);
  const double lev = full_name_percent(distance, left, right, unit);
  const double jw = jaro_winkler(counts) * 100.0;
  const double score = std::max({lev, jaro(counts) * 100.0, jw});
  return CaseScore{.rule = score >= 95.0 ? Rule::kAutoMatch : Rule::kReview,
                   .score = score,
                   .distance = distance,
                   .matches = counts.matches,
                   .half_transpositions = counts.half_transpositions,
                   .prefix = counts.prefix,
                   .levenshtein_percent = lev,
                   .jaro_winkler_percent = jw};
}

bool soundex_agree(const Text& left, const Text& right) {
  if (!left || !right) return false;
  const std::optional<std::string> code = soundex(*left);
  return code && code == soundex(*right);
}

bool beginnings_agree(const Text& left, const Text& right) {
  if (!left || !right || left->empty() || right->empty()) return false;
  return first_characters(*left, 3) == first_characters(*right, 3);
}

bool names_are_near(const NameParts& left, const NameParts& right) {
  if (soundex_agree(left.first, right.first) && soundex_agree(left.last, right.last)) return true;
  if (beginnings_agree(left.first, right.first) && beginnings_agree(left.last, right.last)) return true;
  return soundex_agree(left.middle, right.middle);
}

double part_percent(const Text& left, const Text& right, LengthUnit unit) {
  const std::string a = left.value_or("");
  const std::string b = right.value_or("");
  const std::u32string a_characters = code_points(a);
  const std::u32string b_characters = code_points(b);
  const std::size_t distance = levenshtein(a_characters, b_characters);
  if (unit == LengthUnit::kBytes) return levenshtein_percent(distance, std::max(a.size(), b.size()));
  return levenshtein_percent(distance, std::max(a_characters.size(), b_characters.size()));
}

std::optional<CaseScore> score_weighted(const NameParts& left, const NameParts& right, LengthUnit unit) {
  if (!names_are_near(left, right)) return std::nullopt;
  const double last = part_percent(left.last, right.last, unit);
  const double first = part_percent(left.first, right.first, unit);
  if (!left.middle || !right.middle) return CaseScore{.rule = Rule::kWeighted, .score = (last + first) / 2.0};
  const double middle = part_percent(left.middle, right.middle, unit);
  return CaseScore{.rule = Rule::kWeighted, .score = (last + first + middle) / 3.0};
}

}  // namespace

std::optional<CaseScore> score_rows(const Row& left, const Row& right, const MatchOptions& options) {
  const LengthUnit unit = options.length_unit;
  if (options.algorithm == Algorithm::kA7Tiers) return score_tiers(left, right, unit);
  if (options.algorithm == Algorithm::kA7Levenshtein) return score_weighted(left.normal, right.normal, unit);
  if (options.algorithm == Algorithm::kMax3) return score_max3(left.name, right.name, unit);
  if (options.algorithm == Algorithm::kL10 && (!left.full_middle || !right.full_middle)) return std::nullopt;
  return case_rule(left.name, right.name, unit);  // A3, A4, L10, L11
}

}  // namespace matcher::reference
