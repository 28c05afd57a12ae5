// The case rule: whether two full names are the same person's, with which label and which score.
//
// The rule is a template over the scorer, so a slow and a fast scorer run the very same decisions.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>

#include "matcher/similarity/bit_parallel.hpp"
#include "matcher/similarity/scalar.hpp"
#include "matcher/similarity/score.hpp"
#include "matcher/similarity/score_parts.hpp"

namespace matcher {

// How a pair was accepted. The numbers cross process borders: never change one.
enum class Rule : std::uint32_t {
  kExact = 0,
  kDirect = 1,
  kCase1 = 2,
  kCase2 = 3,
  kCase3 = 4,
  kWeighted = 5,   // A7-LEVENSHTEIN
  kAutoMatch = 6,  // MAX3 from 95 on
  kReview = 7,     // MAX3 below
};

// The audited program's words: as short_label, but "DIRECT MATCH".
[[nodiscard]] const char* label(Rule rule);

// The words of the result files: "EXACT", "DIRECT", "CASE 1", "CASE 2", "CASE 3", "WEIGHTED", "AUTO MATCH", "REVIEW".
[[nodiscard]] const char* short_label(Rule rule);

inline constexpr double kFullScore = 100.0;          // percent: exact and direct matches
inline constexpr double kCase3Score = 88.0;          // percent: from here on small edits in every part make it CASE 3
inline constexpr std::uint32_t kCase3PartEdits = 2;  // most edits in one part

// One side of a comparison. Text is std::u32string_view (any name) or std::string_view (ASCII names on both sides).
template <typename Text>
struct CaseName {
  Text full_name;                   // normalize_simple of the joined parts
  std::uint32_t denominator = 0;    // what Lev% divides by: the length of full_name in UTF-8 bytes or in scalars
  std::uint64_t phonetic_code = 0;  // of the joined parts, any number per code, 0 = none
  std::array<Text, 3> parts{};      // first, middle, last, each normalize_simple; A4 leaves the middle empty
};

struct CaseMatch {
  Rule rule = Rule::kDirect;
  ScoreParts parts;
  double score = 0.0;  // percent
};

// score: the parts of two full names. distance: Levenshtein, anything above the cutoff if it is greater.
template <typename Scorer, typename Text>
concept CaseScorer = requires(const Scorer& scorer, Text text, std::uint32_t cutoff) {
  { scorer.score(text, text) } -> std::same_as<ScoreParts>;
  { scorer.distance(text, text, cutoff) } -> std::same_as<std::uint32_t>;
};

struct ScalarScorer {
  [[nodiscard]] ScoreParts score(std::u32string_view left, std::u32string_view right) const {
    return score_scalar(left, right);
  }
  [[nodiscard]] ScoreParts score(std::string_view left, std::string_view right) const {
    return score_scalar_ascii(left, right);
  }
  [[nodiscard]] std::uint32_t distance(std::u32string_view left, std::u32string_view right,
                                       std::uint32_t cutoff) const {
    return levenshtein_distance_scalar(left, right, cutoff);
  }
  [[nodiscard]] std::uint32_t distance(std::string_view left, std::string_view right, std::uint32_t cutoff) const {
    return levenshtein_distance_scalar_ascii(left, right, cutoff);
  }
};

struct BitParallelScorer {
  [[nodiscard]] ScoreParts score(std::u32string_view left, std::u32string_view right) const {
    return score_bit_parallel(left, right);
  }
  [[nodiscard]] ScoreParts score(std::string_view left, std::string_view right) const {
    return score_bit_parallel_ascii(left, right);
  }
  [[nodiscard]] std::uint32_t distance(std::u32string_view left, std::u32string_view right,
                                       std::uint32_t cutoff) const {
    return levenshtein_distance_bit_parallel(left, right, cutoff);
  }
  [[nodiscard]] std::uint32_t distance(std::string_view left, std::string_view right, std::uint32_t cutoff) const {
    return levenshtein_distance_bit_parallel_ascii(left, right, cutoff);
  }
};

// True if nothing but White_Space is in the text.
[[nodiscard]] bool is_blank(std::u32string_view text);
[[nodiscard]] bool is_blank(std::string_view ascii_text);

// confidence >= threshold, both as the audited program compares them: percent / 100 rounded to 32-bit floats.
// Threshold 0 accepts every score.
[[nodiscard]] inline bool passes(double score_percent, double threshold_percent) {
  return static_cast<float>(score_percent / 100.0) >= static_cast<float>(threshold_percent / 100.0);
}

namespace detail {

template <typename Text, typename Scorer>
bool parts_are_close(const CaseName<Text>& left, const CaseName<Text>& right, const Scorer& scorer) {
  for (std::size_t part = 0; part < left.parts.size(); ++part) {
    if (scorer.distance(left.parts[part], right.parts[part], kCase3PartEdits) > kCase3PartEdits) return false;
  }
  return true;
}

}  // namespace detail

// Applies the rule to two names whose birthdates are equal; that test belongs to the caller.
//
// Blank on either side: none. Equal full names: DIRECT, 100. Else with Lev and JW at least 85 % and MP = equal
// phonetic codes: all three CASE 1; two of the three CASE 2, or CASE 3 if the score is at least 88 and every part
// differs by two edits at most; fewer: none. The score is (Lev + JW + MP) / 3 with MP 100 or 0.
template <typename Text, typename Scorer>
requires CaseScorer<Scorer, Text>
[[nodiscard]] std::optional<CaseMatch> apply_case_rule(const CaseName<Text>& left, const CaseName<Text>& right,
                                                       const Scorer& scorer) {
  const auto left_length = static_cast<std::uint32_t>(left.full_name.size());
  const auto right_length = static_cast<std::uint32_t>(right.full_name.size());
  if (is_blank(left.full_name) || is_blank(right.full_name)) return std::nullopt;
  if (left.full_name == right.full_name) {
    const std::uint32_t prefix = left_length < kLongestPrefix ? left_length : kLongestPrefix;
    return CaseMatch{Rule::kDirect, ScoreParts{0, left_length, 0, prefix}, kFullScore};
  }
  const ScoreParts parts = scorer.score(left.full_name, right.full_name);
  const std::uint32_t longest = left.denominator > right.denominator ? left.denominator : right.denominator;
  const bool same_sound = left.phonetic_code != 0 && left.phonetic_code == right.phonetic_code;
  const bool few_edits = levenshtein_at_least_85(parts.distance, longest);
  const bool much_in_common = jaro_winkler_at_least_85(parts, left_length, right_length);
  const int agreements = int{same_sound} + int{few_edits} + int{much_in_common};
  if (agreements < 2) return std::nullopt;

  const double levenshtein = levenshtein_percent(parts.distance, longest);
  const double jaro_winkler = jaro_winkler_percent(parts, left_length, right_length);
  const double score = (levenshtein + jaro_winkler + (same_sound ? 100.0 : 0.0)) / 3.0;
  if (agreements == 3) return CaseMatch{Rule::kCase1, parts, score};
  const bool close = score >= kCase3Score && detail::parts_are_close(left, right, scorer);
  return CaseMatch{close ? Rule::kCase3 : Rule::kCase2, parts, score};
}

}  // namespace matcher
