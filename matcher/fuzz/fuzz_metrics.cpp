// Two texts through every scorer of the engine and the oracle's: equal counts, distances and percentages; and both case
// rules on them.
#include <algorithm>
#include <optional>
#include <string>

#include "matcher/fuzz/require.hpp"
#include "matcher/phonetic/double_metaphone.hpp"
#include "matcher/reference/case_rule.hpp"
#include "matcher/reference/jaro_winkler.hpp"
#include "matcher/reference/levenshtein.hpp"
#include "matcher/rules/case_rule.hpp"
#include "matcher/similarity/bit_parallel.hpp"
#include "matcher/similarity/scalar.hpp"
#include "matcher/similarity/score.hpp"
#include "matcher/text/normalize.hpp"
#include "matcher/text/utf8.hpp"

namespace {

using namespace matcher::fuzz;
using matcher::ScoreParts;
namespace reference = matcher::reference;

std::uint32_t u32(std::size_t n) {
  return static_cast<std::uint32_t>(n);
}

std::u32string scalars(std::string_view text) {
  std::u32string out;
  matcher::decode_utf8(text, out);
  return out;
}

ScoreParts check_parts(std::u32string_view left, std::u32string_view right) {
  const reference::JaroCounts counts = reference::count_jaro(left, right);
  const ScoreParts expected{.distance = u32(reference::levenshtein(left, right)),
                            .matches = u32(counts.matches),
                            .half_transpositions = u32(counts.half_transpositions),
                            .prefix = u32(counts.prefix)};
  require(matcher::score_scalar(left, right) == expected, "score_scalar differs from the definition");
  require(matcher::score_bit_parallel(left, right) == expected, "score_bit_parallel differs from the definition");
  const std::uint32_t a = u32(left.size());
  const std::uint32_t b = u32(right.size());
  const double similarity = reference::jaro_winkler(counts) * 100.0;
  require(matcher::jaro_winkler_percent(expected, a, b) == similarity, "jaro_winkler_percent differs");
  require(matcher::jaro_winkler_at_least_85(expected, a, b) == (similarity >= 85.0),
          "jaro_winkler_at_least_85 differs");
  return expected;
}

// A byte is a symbol here, whatever it means.
void check_bytes(std::string_view left, std::string_view right) {
  const auto widened = [](std::string_view text) {
    std::u32string out;
    for (const char c : text) out += static_cast<unsigned char>(c);
    return out;
  };
  const ScoreParts expected = check_parts(widened(left), widened(right));
  require(matcher::score_scalar_ascii(left, right) == expected, "score_scalar_ascii differs");
  require(matcher::score_bit_parallel_ascii(left, right) == expected, "score_bit_parallel_ascii differs");
}

void check_cutoff(std::string_view left, std::string_view right, std::uint32_t distance, std::uint32_t cutoff) {
  const std::u32string a = scalars(left);
  const std::u32string b = scalars(right);
  const std::uint32_t expected = std::min(distance, cutoff + 1);
  require(matcher::levenshtein_distance_scalar(a, b, cutoff) == expected, "scalar distance with a cutoff differs");
  require(matcher::levenshtein_distance_bit_parallel(a, b, cutoff) == expected,
          "bit-parallel distance with a cutoff differs");
  if (!matcher::is_ascii(left) || !matcher::is_ascii(right)) return;
  require(matcher::levenshtein_distance_scalar_ascii(left, right, cutoff) == expected,
          "scalar distance of bytes with a cutoff differs");
  require(matcher::levenshtein_distance_bit_parallel_ascii(left, right, cutoff) == expected,
          "bit-parallel distance of bytes with a cutoff differs");
}

// A full name whose first and last name are the two halves of a text; owns what a matcher::CaseName points to.
struct Name {
  explicit Name(std::string_view text) : first(text.substr(0, text.size() / 2)), last(text.substr(text.size() / 2)) {
    std::string simple;
    const auto simplified = [&](const std::string& part) {
      matcher::normalize_simple(part, simple);
      return scalars(simple);
    };
    first_scalars = simplified(first);
    last_scalars = simplified(last);
    const std::string joined = first + ' ' + last;
    matcher::normalize_for_phonetic(joined, simple);
    code = matcher::double_metaphone_code(simple);
    full_scalars = simplified(joined);
    bytes = u32(simple.size());
  }

  [[nodiscard]] matcher::CaseName<std::u32string_view> view() const {
    return {full_scalars, bytes, code, {first_scalars, {}, last_scalars}};
  }

  std::string first, last;
  std::u32string full_scalars, first_scalars, last_scalars;
  std::uint32_t bytes = 0;
  std::uint64_t code = 0;
};

template <class Scorer>
void check_case_rule(const Name& left, const Name& right, const Scorer& scorer,
                     const std::optional<reference::CaseScore>& expected) {
  const auto found = matcher::apply_case_rule(left.view(), right.view(), scorer);
  require(found.has_value() == expected.has_value(), "one case rule accepts the pair");
  if (!found) return;
  require(static_cast<int>(found->rule) == static_cast<int>(expected->rule), "the case rules differ in the case");
  require(found->score == expected->score, "the case rules differ in the score");
}

}  // namespace

// The first byte is a cutoff; the rest is divided at the first line end, or in the middle.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = text_of(data, size);
  const std::uint32_t cutoff = take_byte(text) % 32;
  const std::size_t line_end = text.find('\n');
  const std::string_view left = text.substr(0, line_end == std::string_view::npos ? text.size() / 2 : line_end);
  const std::string_view right = text.substr(line_end == std::string_view::npos ? left.size() : left.size() + 1);
  const ScoreParts parts = check_parts(scalars(left), scalars(right));
  check_bytes(left, right);
  check_cutoff(left, right, parts.distance, cutoff);
  const Name left_name(left);
  const Name right_name(right);
  const auto expected = reference::case_rule(reference::case_name(left_name.first, left_name.last),
                                             reference::case_name(right_name.first, right_name.last));
  check_case_rule(left_name, right_name, matcher::ScalarScorer(), expected);
  check_case_rule(left_name, right_name, matcher::BitParallelScorer(), expected);
  return 0;
}
