// The decisions of the case rule, the golden vectors, and the whole of the oracle tables with both scorers.
#include "matcher/rules/case_rule.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "matcher/phonetic/double_metaphone.hpp"
#include "matcher/text/normalize.hpp"
#include "matcher/text/utf8.hpp"
#include "tests/matcher/rules/people_20k.hpp"

namespace matcher {
namespace {

using Names = std::array<std::string, 3>;

enum class Algorithm { kA3, kA4 };

// A person prepared for the rule, as scalars and, where the name is ASCII, as bytes.
struct Prepared {
  std::string full_name;
  std::u32string full_scalars;
  std::array<std::string, 3> parts;
  std::array<std::u32string, 3> part_scalars;
  std::uint32_t code = 0;
  bool ascii = true;

  Prepared(const Names& names, Algorithm algorithm) {
    const bool with_middle = algorithm == Algorithm::kA3;
    const std::string joined = names[0] + " " + (with_middle ? names[1] + " " : "") + names[2];
    normalize_simple(joined, full_name);
    decode_utf8(full_name, full_scalars);
    std::string phonetic;
    normalize_for_phonetic(joined, phonetic);
    code = double_metaphone_code(phonetic);
    ascii = is_ascii(joined);
    for (std::size_t part = 0; part < 3; ++part) {
      if (part == 1 && !with_middle) continue;
      normalize_simple(names[part], parts[part]);
      decode_utf8(parts[part], part_scalars[part]);
    }
  }

  [[nodiscard]] CaseName<std::u32string_view> scalars() const {
    return {full_scalars,
            static_cast<std::uint32_t>(full_name.size()),
            code,
            {part_scalars[0], part_scalars[1], part_scalars[2]}};
  }
  [[nodiscard]] CaseName<std::string_view> bytes() const {
    return {full_name, static_cast<std::uint32_t>(full_name.size()), code, {parts[0], parts[1], parts[2]}};
  }
};

template <typename Scorer>
std::optional<CaseMatch> apply(const Prepared& left, const Prepared& right) {
  if (left.ascii && right.ascii) return apply_case_rule(left.bytes(), right.bytes(), Scorer{});
  return apply_case_rule(left.scalars(), right.scalars(), Scorer{});
}

std::string described(const std::optional<CaseMatch>& match) {
  if (!match) return "none";
  char text[64];
  std::snprintf(text, sizeof(text), "%.4f %s", match->score, short_label(match->rule));
  return text;
}

struct Golden {
  Names left;
  Names right;
  const char* a3;
  const char* a4;
};

class GoldenVectors : public testing::TestWithParam<Golden> {};

TEST_P(GoldenVectors, BothAlgorithmsAndScorers_GiveTheAuditedAnswer) {
  const Golden& golden = GetParam();
  for (const auto& [algorithm, expected] : {std::pair{Algorithm::kA3, golden.a3}, {Algorithm::kA4, golden.a4}}) {
    const Prepared left(golden.left, algorithm);
    const Prepared right(golden.right, algorithm);
    EXPECT_EQ(described(apply<ScalarScorer>(left, right)), expected);
    EXPECT_EQ(described(apply<BitParallelScorer>(left, right)), expected);
    EXPECT_EQ(described(apply_case_rule(left.scalars(), right.scalars(), BitParallelScorer{})), expected);
  }
}

INSTANTIATE_TEST_SUITE_P(
    RawFields, GoldenVectors,
    testing::Values(
        Golden{{"Jon", "", "Smith"}, {"John", "", "Smith"}, "96.1616 CASE 1", "95.7778 CASE 1"},
        Golden{{"John", "Michael", "Smith"}, {"Jon", "Michael", "Smyth"}, "90.8969 CASE 3", "90.5679 CASE 3"},
        Golden{{"Catherine", "", "Jones"}, {"Katherine", "", "Jones"}, "96.5278 CASE 1", "96.2963 CASE 1"},
        Golden{{"Jose", "", "Garcia"}, {"Jos\u00E9", "", "Garc\u00EDa"}, "92.6455 CASE 1", "92.0435 CASE 3"},
        Golden{{"Maria", "Lee", "Santos"}, {"Maria", "", "Santos"}, "none", "100.0000 DIRECT"},
        Golden{{"Ann", "B", "Lee"}, {"Ann", "", "Lee"}, "62.2222 CASE 2", "100.0000 DIRECT"},
        Golden{{"Mary-Jane", "", "O'Brien"}, {"Mary Jane", "", "OBrien"}, "97.7778 CASE 1", "97.6471 CASE 1"},
        Golden{{"Jmaes", "", "Brown"}, {"James", "", "Brown"}, "93.6111 CASE 3", "93.0303 CASE 3"},
        Golden{{"Jr. Pedro", "", "Cruz"}, {"Pedro", "", "Cruz"}, "none", "none"}));

CaseName<std::string_view> name(std::string_view full_name, std::uint32_t code) {
  return {full_name, static_cast<std::uint32_t>(full_name.size()), code, {full_name, "", ""}};
}

TEST(CaseRule, BlankName_MatchesNothing) {
  EXPECT_FALSE(apply_case_rule(name("", 0), name("", 0), BitParallelScorer{}));
  EXPECT_FALSE(apply_case_rule(name("  ", 0), name("  ", 0), BitParallelScorer{}));
  EXPECT_FALSE(apply_case_rule(name("ann", 1), name(" ", 1), BitParallelScorer{}));
  EXPECT_TRUE(is_blank(U"\u00A0\u2003"));
  EXPECT_FALSE(is_blank(U"\u00A0x"));
}

TEST(CaseRule, EqualNamesWithoutACode_AreDirect) {
  const auto match = apply_case_rule(name("123", 0), name("123", 0), ScalarScorer{});
  ASSERT_TRUE(match);
  EXPECT_EQ(match->rule, Rule::kDirect);
  EXPECT_EQ(match->score, 100.0);
  EXPECT_EQ(match->parts, score_scalar(U"123", U"123"));
}

TEST(CaseRule, LongEqualNames_HaveThePartsOfTheScorer) {
  const auto match = apply_case_rule(name("maria santos", 5), name("maria santos", 5), ScalarScorer{});
  ASSERT_TRUE(match);
  EXPECT_EQ(match->parts, score_scalar(U"maria santos", U"maria santos"));
}

TEST(CaseRule, TwoEmptyCodes_AreNotEqualSounds) {
  // Close in both measures: with equal codes CASE 1, without only two of three.
  EXPECT_EQ(apply_case_rule(name("abcdefghij", 7), name("abcdefghix", 7), ScalarScorer{})->rule, Rule::kCase1);
  EXPECT_EQ(apply_case_rule(name("abcdefghij", 0), name("abcdefghix", 0), ScalarScorer{})->rule, Rule::kCase2);
  EXPECT_EQ(apply_case_rule(name("abcdefghij", 7), name("abcdefghix", 8), ScalarScorer{})->rule, Rule::kCase2);
}

TEST(CaseRule, OneAgreement_IsNoMatch) {
  EXPECT_FALSE(apply_case_rule(name("abcdefghij", 7), name("klmnopqrst", 7), ScalarScorer{}));
}

TEST(CaseRule, PartWithThreeEdits_IsCase2) {
  CaseName<std::string_view> left = name("jmaes brown", 7);
  CaseName<std::string_view> right = name("james brown", 7);
  left.parts = {"jmaes", "", "brown"};
  right.parts = {"james", "", "brown"};
  EXPECT_EQ(apply_case_rule(left, right, BitParallelScorer{})->rule, Rule::kCase3);
  right.parts[1] = "lee";
  EXPECT_EQ(apply_case_rule(left, right, BitParallelScorer{})->rule, Rule::kCase2);
  right.parts[1] = "le";
  EXPECT_EQ(apply_case_rule(left, right, BitParallelScorer{})->rule, Rule::kCase3);
}

TEST(CaseRule, LevenshteinPercent_UsesTheLongerByteLength) {
  CaseName<std::u32string_view> left{U"abcdefghijkl", 12, 7, {}};
  CaseName<std::u32string_view> right{U"abcdefghijxy", 12, 7, {}};
  EXPECT_NE(apply_case_rule(left, right, ScalarScorer{})->rule, Rule::kCase1);  // 2 of 12
  right.denominator = 14;
  EXPECT_EQ(apply_case_rule(left, right, ScalarScorer{})->rule, Rule::kCase1);  // 2 of 14
  std::swap(left.denominator, right.denominator);
  EXPECT_EQ(apply_case_rule(left, right, ScalarScorer{})->rule, Rule::kCase1);
}

TEST(Passes, ThresholdInFloats_IsInclusive) {
  EXPECT_TRUE(passes(95.0, 95.0));
  EXPECT_TRUE(passes(94.99999999, 95.0));  // the same 32-bit float
  EXPECT_FALSE(passes(94.9999, 95.0));
  EXPECT_TRUE(passes(0.0, 0.0));
  EXPECT_TRUE(passes(100.0, 100.0));
}

TEST(RuleLabels, EachRule_HasItsWords) {
  EXPECT_STREQ(label(Rule::kDirect), "DIRECT MATCH");
  EXPECT_STREQ(short_label(Rule::kDirect), "DIRECT");
  EXPECT_STREQ(label(Rule::kCase1), "CASE 1");
  EXPECT_STREQ(short_label(Rule::kCase2), "CASE 2");
  EXPECT_STREQ(short_label(Rule::kCase3), "CASE 3");
  EXPECT_STREQ(label(Rule::kExact), "EXACT");
}

// Every pair of equal birthdate of the oracle tables: accepted pairs, cases, scores and codes are exactly the oracle's.
template <typename Scorer>
void expect_oracle_pairs(Algorithm algorithm) {
  if (!std::filesystem::exists(people_20k_folder())) GTEST_SKIP() << "no oracle data at " << people_20k_folder();
  std::map<std::pair<std::size_t, std::size_t>, OraclePair> expected;
  for (const OraclePair& pair : read_pairs()) {
    if ((pair.algorithm == "A3") == (algorithm == Algorithm::kA3)) expected[{pair.left, pair.right}] = pair;
  }
  const auto prepare = [algorithm](const char* table, auto add) {
    for (const OraclePerson& person : read_people(table)) {
      Names names;
      for (std::size_t part = 0; part < 3; ++part) normalize_text(person.names[part], names[part]);
      add(person.birthdate, Prepared(names, algorithm));
    }
  };
  std::vector<Prepared> left;
  std::map<std::string, std::vector<std::size_t>> left_by_date;
  prepare("left.csv", [&](const std::string& date, Prepared person) {
    left_by_date[date].push_back(left.size());
    left.push_back(std::move(person));
  });
  std::size_t accepted = 0;
  std::size_t compared = 0;
  std::size_t right_index = 0;
  prepare("right.csv", [&](const std::string& date, const Prepared& right) {
    for (const std::size_t left_index : left_by_date[date]) {
      ++compared;
      const auto match = apply<Scorer>(left[left_index], right);
      const auto found = expected.find({left_index, right_index});
      ASSERT_EQ(match.has_value(), found != expected.end()) << left[left_index].full_name << " | " << right.full_name;
      if (!match) continue;
      ++accepted;
      EXPECT_EQ(short_label(match->rule), found->second.rule);
      EXPECT_NEAR(match->score, found->second.score, 1e-6);
      const auto longest =
          static_cast<std::uint32_t>(std::max(left[left_index].full_name.size(), right.full_name.size()));
      EXPECT_NEAR(levenshtein_percent(match->parts.distance, longest), found->second.levenshtein_percent, 1e-6);
      EXPECT_NEAR(jaro_winkler_percent(match->parts, static_cast<std::uint32_t>(left[left_index].full_scalars.size()),
                                       static_cast<std::uint32_t>(right.full_scalars.size())),
                  found->second.jaro_winkler_percent, 1e-6);
    }
    ++right_index;
  });
  EXPECT_EQ(accepted, expected.size());
  EXPECT_EQ(compared, 520092U);
}

TEST(CaseRuleOracle, A3OfPeople20k_IsReproducedByTheScalarScorer) {
  expect_oracle_pairs<ScalarScorer>(Algorithm::kA3);
}
TEST(CaseRuleOracle, A4OfPeople20k_IsReproducedByTheScalarScorer) {
  expect_oracle_pairs<ScalarScorer>(Algorithm::kA4);
}
TEST(CaseRuleOracle, A3OfPeople20k_IsReproducedByTheBitParallelScorer) {
  expect_oracle_pairs<BitParallelScorer>(Algorithm::kA3);
}
TEST(CaseRuleOracle, A4OfPeople20k_IsReproducedByTheBitParallelScorer) {
  expect_oracle_pairs<BitParallelScorer>(Algorithm::kA4);
}

}  // namespace
}  // namespace matcher
