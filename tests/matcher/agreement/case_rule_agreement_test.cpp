// The case rule of the engine, with each of its scorers, against the oracle's.
#include "matcher/rules/case_rule.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "matcher/phonetic/double_metaphone.hpp"
#include "matcher/reference/case_rule.hpp"
#include "matcher/text/normalize.hpp"
#include "matcher/text/utf8.hpp"
#include "tests/matcher/agreement/random_text.hpp"

namespace {

using namespace agreement;
namespace reference = matcher::reference;

struct Parts {
  std::string first, middle, last;
};

std::string simple(std::string_view text) {
  std::string out;
  matcher::normalize_simple(text, out);
  return out;
}

std::u32string scalars(std::string_view text) {
  std::u32string out;
  matcher::decode_utf8(text, out);
  return out;
}

// Owns what a matcher::CaseName of either kind points to.
class EngineName {
 public:
  explicit EngineName(const Parts& parts) {
    const std::string joined = parts.first + ' ' + parts.middle + ' ' + parts.last;
    for (const std::string& text : {joined, parts.first, parts.middle, parts.last}) {
      bytes_.push_back(simple(text));
      scalars_.push_back(scalars(bytes_.back()));
    }
    std::string phonetic;
    matcher::normalize_for_phonetic(joined, phonetic);
    code_ = matcher::double_metaphone_code(phonetic);
  }

  [[nodiscard]] bool is_ascii() const { return matcher::is_ascii(bytes_[0]); }
  [[nodiscard]] matcher::CaseName<std::string_view> ascii() const {
    return {bytes_[0], size(), code_, {bytes_[1], bytes_[2], bytes_[3]}};
  }
  [[nodiscard]] matcher::CaseName<std::u32string_view> unicode() const {
    return {scalars_[0], size(), code_, {scalars_[1], scalars_[2], scalars_[3]}};
  }

 private:
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(bytes_[0].size()); }

  std::vector<std::string> bytes_;
  std::vector<std::u32string> scalars_;
  std::uint32_t code_ = 0;
};

std::string shown(const Parts& p) {
  return escaped(p.first) + ' ' + escaped(p.middle) + ' ' + escaped(p.last);
}

void expect_equal(const std::optional<matcher::CaseMatch>& found, const std::optional<reference::CaseScore>& expected,
                  const std::string& what) {
  ASSERT_EQ(found.has_value(), expected.has_value()) << what;
  if (!found) return;
  EXPECT_EQ(static_cast<int>(found->rule), static_cast<int>(expected->rule)) << what;
  EXPECT_EQ(found->score, expected->score) << what;  // to the last bit
  if (expected->rule == reference::Rule::kDirect) return;
  EXPECT_EQ(found->parts.distance, expected->distance) << what;
  EXPECT_EQ(found->parts.matches, expected->matches) << what;
  EXPECT_EQ(found->parts.half_transpositions, expected->half_transpositions) << what;
  EXPECT_EQ(found->parts.prefix, expected->prefix) << what;
}

std::optional<reference::CaseScore> compare(const Parts& left, const Parts& right) {
  const auto expected = reference::case_rule(reference::case_name(left.first, left.middle, left.last),
                                             reference::case_name(right.first, right.middle, right.last));
  const std::string what = shown(left) + " and " + shown(right);
  const EngineName a(left);
  const EngineName b(right);
  expect_equal(matcher::apply_case_rule(a.unicode(), b.unicode(), matcher::ScalarScorer()), expected, what);
  expect_equal(matcher::apply_case_rule(a.unicode(), b.unicode(), matcher::BitParallelScorer()), expected, what);
  if (a.is_ascii() && b.is_ascii()) {
    expect_equal(matcher::apply_case_rule(a.ascii(), b.ascii(), matcher::ScalarScorer()), expected, what);
    expect_equal(matcher::apply_case_rule(a.ascii(), b.ascii(), matcher::BitParallelScorer()), expected, what);
  }
  return expected;
}

TEST(CaseRuleAgreement, RandomNames_HaveTheSameVerdict) {
  RandomText random(30);
  std::map<int, int> seen;  // rule -> pairs; -1: no match
  for (std::size_t i = 0; i < scaled(40000) && !HasFailure(); ++i) {
    const Parts left{random.name(), random.one_in(3) ? "" : random.name(), random.one_in(30) ? "" : random.name()};
    Parts right = left;
    if (!random.one_in(4)) right.first = random.edited(right.first);
    if (random.one_in(3)) right.middle = random.edited(right.middle);
    if (random.one_in(2)) right.last = random.edited(right.last);
    if (random.one_in(20)) right = {random.name(), random.name(), random.name()};
    const auto expected = compare(left, right);
    ++seen[expected ? static_cast<int>(expected->rule) : -1];
  }
  for (const int rule : {-1, 1, 2, 3, 4}) EXPECT_GT(seen[rule], 20) << "rule " << rule << " was hardly tried";
}

}  // namespace
