// The case rule: golden pairs of the audited matcher, and each of its sentences at its edge.
#include "matcher/reference/case_rule.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace {

using namespace matcher::reference;

struct Verdict {
  double score = 0.0;
  Rule rule = Rule::kExact;  // kExact: no match
};

struct Golden {
  std::string left_first, left_middle, left_last;
  std::string right_first, right_middle, right_last;
  Verdict a3, a4;
};

const std::vector<Golden> kGolden = {
    {"Jon", "", "Smith", "John", "", "Smith", {96.1616, Rule::kCase1}, {95.7778, Rule::kCase1}},
    {"John", "Michael", "Smith", "Jon", "Michael", "Smyth", {90.8969, Rule::kCase3}, {90.5679, Rule::kCase3}},
    {"Catherine", "", "Jones", "Katherine", "", "Jones", {96.5278, Rule::kCase1}, {96.2963, Rule::kCase1}},
    {"Jose", "", "Garcia", "Jos\u00e9", "", "Garc\u00eda", {92.6455, Rule::kCase1}, {92.0435, Rule::kCase3}},
    {"Maria", "Lee", "Santos", "Maria", "", "Santos", {}, {100, Rule::kDirect}},
    {"Ann", "B", "Lee", "Ann", "", "Lee", {62.2222, Rule::kCase2}, {100, Rule::kDirect}},
    {"Mary-Jane", "", "O'Brien", "Mary Jane", "", "OBrien", {97.7778, Rule::kCase1}, {97.6471, Rule::kCase1}},
    {"Jmaes", "", "Brown", "James", "", "Brown", {93.6111, Rule::kCase3}, {93.0303, Rule::kCase3}},
    {"Jr. Pedro", "", "Cruz", "Pedro", "", "Cruz", {}, {}},
};

void expect_verdict(const std::optional<CaseScore>& found, const Verdict& expected, const std::string& what) {
  ASSERT_EQ(found.has_value(), expected.rule != Rule::kExact) << what;
  if (!found) return;
  EXPECT_EQ(found->rule, expected.rule) << what;
  EXPECT_NEAR(found->score, expected.score, 5e-5) << what;
}

TEST(CaseRule, GoldenPairs_HaveGoldenScores) {
  for (const Golden& g : kGolden) {
    const std::string what = g.left_first + " " + g.left_last;
    expect_verdict(case_rule(case_name(g.left_first, g.left_middle, g.left_last),
                             case_name(g.right_first, g.right_middle, g.right_last)),
                   g.a3, what + ", with middle");
    expect_verdict(case_rule(case_name(g.left_first, g.left_last), case_name(g.right_first, g.right_last)), g.a4,
                   what + ", without middle");
  }
}

TEST(CaseRule, GoldenPair_HasGoldenComponents) {
  const auto found = case_rule(case_name("Jon", "", "Smith"), case_name("John", "", "Smith"));
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->levenshtein_percent, 90.9091, 5e-5);
  EXPECT_NEAR(found->jaro_winkler_percent, 97.5758, 5e-5);
  EXPECT_EQ(found->distance, 1U);
  EXPECT_EQ(found->matches, 10U);
  EXPECT_EQ(found->half_transpositions, 0U);
  EXPECT_EQ(found->prefix, 2U);
  EXPECT_TRUE(found->phonetic_equal);
}

TEST(CaseName, NullMiddle_LeavesTwoSpaces) {
  EXPECT_EQ(case_name("Jon", "", "Smith").full, U"jon  smith");
  EXPECT_EQ(case_name("Jon", "Smith").full, U"jon smith");
}

TEST(CaseName, Bytes_AreThoseOfTheNormalizedName) {
  EXPECT_EQ(case_name("Jos\u00e9.", "G").full_bytes, 7U);  // "jose g" with two bytes for the accented letter
}

TEST(CaseRule, DirectMatch_HasNoComponents) {
  const auto found = case_rule(case_name("Ann", "Lee"), case_name("ANN.", "lee"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->rule, Rule::kDirect);
  EXPECT_EQ(found->score, 100.0);
  EXPECT_EQ(found->distance + found->matches + found->half_transpositions + found->prefix, 0U);
  EXPECT_FALSE(found->phonetic_equal);
}

TEST(CaseRule, BlankNames_NeverMatch) {
  EXPECT_FALSE(case_rule(case_name("", "", ""), case_name("", "", "")));
  EXPECT_FALSE(case_rule(case_name("-", "."), case_name("-", ".")));
  EXPECT_FALSE(case_rule(case_name("Ann", "Lee"), case_name("", "")));
}

// Names without a single ASCII letter have empty codes, and two empty codes are not an agreement.
TEST(CaseRule, EmptyPhoneticCodes_DoNotCount) {
  const auto found = case_rule(case_name("\u674e\u5c0f", "\u9f99\u674e\u5c0f\u9f99"),
                               case_name("\u674e\u5c0f", "\u9f99\u674e\u5c0f\u674e"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->rule, Rule::kCase2);
  EXPECT_FALSE(found->phonetic_equal);
  EXPECT_LT(found->score, 66.67);
}

struct NamePair {
  std::string first, middle, last;
  std::string other_first, other_middle, other_last;
};

std::optional<CaseScore> score_of(const NamePair& pair) {
  return case_rule(case_name(pair.first, pair.middle, pair.last),
                   case_name(pair.other_first, pair.other_middle, pair.other_last));
}

// Levenshtein fails, the sum is high, and exactly one part is three edits away.
TEST(CaseRule, PartThreeEditsAway_IsCase2) {
  const std::vector<NamePair> pairs = {
      {"Bartholomew", "Lee", "Montgomery", "Bartholomius", "Lee", "Montgomari"},
      {"Robert", "Alexander", "Smithson", "Robert", "Alexanderina", "Smitsen"},
      {"Robert", "Lee", "Montgomery", "Roberto", "Lee", "Montgomarii"},
  };
  for (const NamePair& pair : pairs) {
    const auto found = score_of(pair);
    ASSERT_TRUE(found) << pair.first;
    ASSERT_GE(found->score, 88.0) << pair.first;
    ASSERT_LT(found->levenshtein_percent, 85.0) << pair.first;
    EXPECT_EQ(found->rule, Rule::kCase2) << pair.first;
  }
}

TEST(CaseRule, AllPartsTwoEditsAway_IsCase3) {
  const auto found = score_of({"Bartholomew", "Lee", "Montgomery", "Bartholomiu", "Leigh", "Montgomari"});
  EXPECT_FALSE(found && found->rule == Rule::kCase3);  // "Leigh" is three edits away
  const auto closer = score_of({"Bartholomew", "Lee", "Montgomery", "Bartholomiu", "Leih", "Montgomari"});
  ASSERT_TRUE(closer);
  ASSERT_LT(closer->levenshtein_percent, 85.0);
  EXPECT_EQ(closer->rule, Rule::kCase3);
}

TEST(CaseRule, ScoreBelow88_IsCase2WhateverTheParts) {
  const auto found = case_rule(case_name("Ann", "Wu"), case_name("Anne", "Wo"));
  ASSERT_TRUE(found);
  ASSERT_LT(found->score, 88.0);
  ASSERT_TRUE(found->phonetic_equal);
  EXPECT_EQ(found->rule, Rule::kCase2);
}

}  // namespace
