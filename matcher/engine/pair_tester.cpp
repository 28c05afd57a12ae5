// Each algorithm's test of a pair.
#include "matcher/engine/pair_tester.hpp"

#include <algorithm>

#include "matcher/phonetic/soundex.hpp"
#include "matcher/rules/birthdate_tier.hpp"
#include "matcher/similarity/score.hpp"
#include "matcher/text/name_parts.hpp"
#include "matcher/text/normalize.hpp"
#include "matcher/text/utf8.hpp"

namespace matcher {
namespace {

// A bound and a score may differ in rounding; nothing is lost by looking at pairs this near.
constexpr double kSlackPercent = 0.001;
constexpr double kMax3AutoPercent = 95.0;

// The greater of how many letters one name has that the other lacks: no fewer edits lead from one to the other.
std::uint32_t least_distance(std::uint32_t left_letters, std::uint32_t right_letters) {
  const auto only_left = static_cast<std::uint32_t>(__builtin_popcount(left_letters & ~right_letters));
  const auto only_right = static_cast<std::uint32_t>(__builtin_popcount(right_letters & ~left_letters));
  return std::max(only_left, only_right);
}

}  // namespace

std::optional<Match> PairTester::test(std::uint32_t left_row, std::uint32_t right_row) {
  std::optional<Match> match;
  switch (options_.algorithm) {
    case Algorithm::kA3:
    case Algorithm::kA4:
    case Algorithm::kL10:
    case Algorithm::kL11:
      if (!dates_pass(left_row, right_row, options_.date_test)) return std::nullopt;
      if (options_.algorithm == Algorithm::kL10 && !fulls_present(left_row, right_row)) return std::nullopt;
      match = test_names(left_row, right_row);
      break;
    case Algorithm::kA7Tiers:
      match = test_tiers(left_row, right_row);
      break;
    case Algorithm::kMax3:
      if (!dates_pass(left_row, right_row, options_.date_test)) return std::nullopt;
      match = test_max3(left_row, right_row);
      break;
    case Algorithm::kA7Levenshtein:
      if (!dates_pass(left_row, right_row, DateTest::kEqual)) return std::nullopt;
      match = test_weighted(left_row, right_row);
      break;
    default:
      if (test_equality(left_row, right_row)) match.emplace();
  }
  if (!match) return std::nullopt;
  if (!is_exact(options_.algorithm) && !passes(match->score, plan_.least_percent)) return std::nullopt;
  match->left_row = left_row;
  match->right_row = right_row;
  match->for_review = !is_exact(options_.algorithm) && !passes(match->score, plan_.match_percent);
  return match;
}

bool PairTester::dates_pass(std::size_t left_row, std::size_t right_row, DateTest test) const {
  if (test == DateTest::kAny) return true;
  if (!left_.view.birthdate.valid(left_row) || !right_.view.birthdate.valid(right_row)) return false;
  const std::int32_t left = left_.view.birthdate.days[left_row];
  const std::int32_t right = right_.view.birthdate.days[right_row];
  return left == right || (test == DateTest::kSwap && same_date_or_swapped(left, right));
}

std::optional<Match> PairTester::test_names(std::size_t left_row, std::size_t right_row) {
  const std::string_view left = left_.full_name[left_row];
  const std::string_view right = right_.full_name[right_row];
  const bool sounds_agree = same_sound(left_row, right_row);
  if (cannot_reach(left, right, left_row, right_row, sounds_agree)) return std::nullopt;
  std::optional<CaseMatch> found = apply_rule(left, right, sounds_agree);
  if (!found) return std::nullopt;
  if (found->rule == Rule::kDirect) return Match{.rule = Rule::kDirect, .score = found->score};
  // The rule was given no name parts, which are close to each other, so its CASE 3 is still to be confirmed: parts are
  // brought into their normal form for these few pairs only.
  if (found->rule == Rule::kCase3 && !parts_are_close(left_row, right_row)) found->rule = Rule::kCase2;
  return Match{.rule = found->rule,
               .parts = found->parts,
               .phonetic_equal = static_cast<std::uint8_t>(sounds_agree),
               .score = found->score};
}

// True only if the pair is certain to score below least_percent or to be refused by the case rule, from lengths and
// letters alone: D is at least the difference of lengths and at least least_distance.
bool PairTester::cannot_reach(std::string_view left, std::string_view right, std::size_t left_row,
                              std::size_t right_row, bool sounds_agree) const {
  const std::size_t longest = std::max(left.size(), right.size());
  const std::uint32_t distance = least_distance(left_.letters[left_row], right_.letters[right_row]);
  // Without equal sounds the rule asks for Lev of 85 % at least, be the denominator bytes or the fewer scalars.
  if (!sounds_agree) return 20 * std::uint64_t{distance} > 3 * std::uint64_t{longest};
  if (options_.algorithm == Algorithm::kA7Tiers || longest == 0) return false;  // the threshold is on another score
  const double best_levenshtein = 100.0 * (1.0 - static_cast<double>(distance) / static_cast<double>(longest));
  return (best_levenshtein + 200.0) / 3.0 < plan_.least_percent - kSlackPercent;
}

bool PairTester::same_sound(std::size_t left_row, std::size_t right_row) {
  const Sound left = left_.sounds[left_row] & ~kUnsteadySound;
  const Sound right = right_.sounds[right_row] & ~kUnsteadySound;
  if (left == 0 || left != right) return false;
  if (!is_digest(left)) return true;
  const auto code = [&](const PreparedTable& table, std::size_t row, NameBuffers& buffers) {
    std::string first;
    std::string middle;
    std::string last;
    table.first.make(row, first);
    if (plan_.forms.with_middle) table.middle.make(row, middle);
    table.last.make(row, last);
    join_full_name(first, middle, last, plan_.forms.with_middle, buffers);
    return full_phonetic_code(buffers);
  };
  return code(left_, left_row, left_buffers_) == code(right_, right_row, right_buffers_);
}

std::optional<CaseMatch> PairTester::apply_rule(std::string_view left, std::string_view right, bool sounds_agree) {
  const std::uint64_t code = sounds_agree ? 1 : 0;
  auto left_length = static_cast<std::uint32_t>(left.size());
  auto right_length = static_cast<std::uint32_t>(right.size());
  if (is_ascii(left) && is_ascii(right)) {
    return apply_case_rule(CaseName<std::string_view>{left, left_length, code, {}},
                           CaseName<std::string_view>{right, right_length, code, {}}, scorer_);
  }
  decode_utf8(left, left_scalars_);
  decode_utf8(right, right_scalars_);
  if (options_.conventions.length_unit == LengthUnit::kScalars) {
    left_length = static_cast<std::uint32_t>(left_scalars_.size());
    right_length = static_cast<std::uint32_t>(right_scalars_.size());
  }
  return apply_case_rule(CaseName<std::u32string_view>{left_scalars_, left_length, code, {}},
                         CaseName<std::u32string_view>{right_scalars_, right_length, code, {}}, scorer_);
}

bool PairTester::parts_are_close(std::size_t left_row, std::size_t right_row) {
  return part_is_close(&PreparedTable::first, left_row, right_row) &&
         part_is_close(&PreparedTable::last, left_row, right_row) &&
         (!plan_.forms.with_middle || part_is_close(&PreparedTable::middle, left_row, right_row));
}

bool PairTester::part_is_close(PartForms PreparedTable::*part, std::size_t left_row, std::size_t right_row) {
  normalize_simple((left_.*part).text(left_row, left_buffers_.joined), left_buffers_.simple);
  normalize_simple((right_.*part).text(right_row, right_buffers_.joined), right_buffers_.simple);
  decode_utf8(left_buffers_.simple, left_scalars_);
  decode_utf8(right_buffers_.simple, right_scalars_);
  const std::u32string_view left = left_scalars_;
  const std::u32string_view right = right_scalars_;
  return scorer_.distance(left, right, kCase3PartEdits) <= kCase3PartEdits;
}

bool PairTester::fulls_present(std::size_t left_row, std::size_t right_row) {
  return is_full_name_part(left_.middle.text(left_row, left_buffers_.joined)) &&
         is_full_name_part(right_.middle.text(right_row, right_buffers_.joined));
}

std::optional<Match> PairTester::test_tiers(std::size_t left_row, std::size_t right_row) {
  if (!left_.view.birthdate.valid(left_row) || !right_.view.birthdate.valid(right_row)) return std::nullopt;
  const auto tier = birthdate_tier(left_.view.birthdate.days[left_row], right_.view.birthdate.days[right_row]);
  if (!tier) return std::nullopt;
  std::optional<Match> match = test_names(left_row, right_row);
  if (match) match->score = 0.7 * match->score + 0.3 * *tier;
  return match;
}

std::optional<Match> PairTester::test_max3(std::size_t left_row, std::size_t right_row) {
  const std::string_view left = left_.full_name[left_row];
  const std::string_view right = right_.full_name[right_row];
  decode_utf8(left, left_scalars_);
  decode_utf8(right, right_scalars_);
  if (is_blank(std::u32string_view(left_scalars_)) || is_blank(std::u32string_view(right_scalars_)))
    return std::nullopt;
  if (left == right) return Match{.rule = Rule::kAutoMatch, .score = kFullScore};
  const bool in_bytes = options_.conventions.length_unit == LengthUnit::kBytes;
  const auto left_length = static_cast<std::uint32_t>(left_scalars_.size());
  const auto right_length = static_cast<std::uint32_t>(right_scalars_.size());
  const ScoreParts parts = scorer_.score(std::u32string_view(left_scalars_), std::u32string_view(right_scalars_));
  const auto longest =
      static_cast<std::uint32_t>(in_bytes ? std::max(left.size(), right.size()) : std::max(left_length, right_length));
  const double similarity = 100.0 * jaro(parts.matches, parts.half_transpositions, left_length, right_length);
  const double score = std::max({levenshtein_percent(parts.distance, longest), similarity,
                                 jaro_winkler_percent(parts, left_length, right_length)});
  return Match{.rule = score >= kMax3AutoPercent ? Rule::kAutoMatch : Rule::kReview, .parts = parts, .score = score};
}

std::optional<Match> PairTester::test_weighted(std::size_t left_row, std::size_t right_row) {
  constexpr std::size_t kPrefix = 3;
  const std::array first = {left_.first.kept(left_row), right_.first.kept(right_row)};
  const std::array middle = {left_.middle.kept(left_row), right_.middle.kept(right_row)};
  const std::array last = {left_.last.kept(left_row), right_.last.kept(right_row)};
  const auto sound_alike = [](const auto& part) {
    const std::uint32_t code = soundex_code(part[0]);
    return code != 0 && code == soundex_code(part[1]);
  };
  const auto begin_alike = [](const auto& part) {
    return !part[0].empty() && first_scalars(part[0], kPrefix) == first_scalars(part[1], kPrefix);
  };
  const bool is_candidate =
      (sound_alike(first) && sound_alike(last)) || (begin_alike(first) && begin_alike(last)) || sound_alike(middle);
  if (!is_candidate) return std::nullopt;
  const bool both_have_middle = left_.view.middle_name.valid(left_row) && right_.view.middle_name.valid(right_row);
  double sum = part_percent(last[0], last[1]) + part_percent(first[0], first[1]);
  if (both_have_middle) sum += part_percent(middle[0], middle[1]);
  return Match{.rule = Rule::kWeighted, .score = sum / (both_have_middle ? 3.0 : 2.0)};
}

double PairTester::part_percent(std::string_view left, std::string_view right) {
  decode_utf8(left, left_scalars_);
  decode_utf8(right, right_scalars_);
  const std::uint32_t distance =
      scorer_.distance(std::u32string_view(left_scalars_), std::u32string_view(right_scalars_), ~std::uint32_t{0});
  const bool in_bytes = options_.conventions.length_unit == LengthUnit::kBytes;
  const std::size_t longest =
      in_bytes ? std::max(left.size(), right.size()) : std::max(left_scalars_.size(), right_scalars_.size());
  return levenshtein_percent(distance, static_cast<std::uint32_t>(longest));
}

}  // namespace matcher
