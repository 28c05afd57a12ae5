// The golden vectors of the audited matcher, raw fields: parts, codes, and the verdicts of A3 and A4.
#include <gtest/gtest.h>

#include <cctype>

#include "matcher/reference/case_rule.hpp"
#include "matcher/reference/jaro_winkler.hpp"
#include "tests/matcher/reference/persons.hpp"

namespace {

using namespace matcher::reference;
using namespace reference_test;

struct Verdict {
  double score = 0.0;
  Rule rule = Rule::kExact;  // kExact: no match
};

struct FullName {
  Name first, middle, last;
};

// Of the full names with middle; percent.
struct Parts {
  double levenshtein = 0.0, jaro_winkler = 0.0;
  std::string left_code, right_code;
};

struct Golden {
  FullName left, right;
  Parts parts;
  Verdict a3, a4;
};

using enum Rule;

const std::vector<Golden> kGolden = {
    {{"Jon", {}, "Smith"},
     {"John", {}, "Smith"},
     {90.9091, 97.5758, "JNSM", "JNSM"},
     {96.1616, kCase1},
     {95.7778, kCase1}},
    {{"John", "Michael", "Smith"},
     {"Jon", "Michael", "Smyth"},
     {88.8889, 83.8017, "JNMK", "JNMK"},
     {90.8969, kCase3},
     {90.5679, kCase3}},
    {{"Catherine", {}, "Jones"},
     {"Katherine", {}, "Jones"},
     {93.75, 95.8333, "K0RN", "K0RN"},
     {96.5278, kCase1},
     {96.2963, kCase1}},
    {{"Jose", {}, "Garcia"},
     {"Jos\u00e9", {}, "Garc\u00eda"},
     {85.7143, 92.2222, "HSKR", "HSKR"},
     {92.6455, kCase1},
     {92.0435, kCase3}},
    {{"Maria", "Lee", "Santos"}, {"Maria", {}, "Santos"}, {81.25, 96.25, "MRLS", "MRSN"}, {}, {100, kDirect}},
    {{"Ann", "B", "Lee"}, {"Ann", {}, "Lee"}, {88.8889, 97.7778, "ANPL", "ANL"}, {62.2222, kCase2}, {100, kDirect}},
    {{"Mary-Jane", {}, "O'Brien"},
     {"Mary Jane", {}, "OBrien"},
     {94.4444, 98.8889, "MRJN", "MRJN"},
     {97.7778, kCase1},
     {97.6471, kCase1}},
    {{"Jmaes", {}, "Brown"},
     {"James", {}, "Brown"},
     {83.3333, 97.5, "JMSP", "JMSP"},
     {93.6111, kCase3},
     {93.0303, kCase3}},
    {{"Jr. Pedro", {}, "Cruz"}, {"Pedro", {}, "Cruz"}, {78.5714, 80.7359, "JRPT", "PTRK"}, {}, {}},
};

CaseName case_name_of(const FullName& name) {
  return case_name(name.first.value_or(""), name.middle.value_or(""), name.last.value_or(""));
}

class GoldenVectors : public testing::TestWithParam<Golden> {};

TEST_P(GoldenVectors, FullNames_HaveGoldenParts) {
  const Golden& g = GetParam();
  const CaseName left = case_name_of(g.left);
  const CaseName right = case_name_of(g.right);
  const std::size_t distance = levenshtein(left.full, right.full);
  EXPECT_NEAR(full_name_percent(distance, left, right, LengthUnit::kBytes), g.parts.levenshtein, 5e-5);
  EXPECT_NEAR(jaro_winkler(count_jaro(left.full, right.full)) * 100.0, g.parts.jaro_winkler, 5e-5);
  EXPECT_EQ(left.phonetic_code, g.parts.left_code);
  EXPECT_EQ(right.phonetic_code, g.parts.right_code);
}

void expect_verdict(const Golden& g, Algorithm algorithm, const Verdict& expected) {
  MatchOptions options = all_of(algorithm);
  options.normalizer = Normalizer::kRaw;
  const auto found = match_of(person(1, g.left.first, g.left.middle, g.left.last),
                              person(2, g.right.first, g.right.middle, g.right.last), options);
  ASSERT_EQ(found.has_value(), expected.rule != Rule::kExact);
  if (!found) return;
  EXPECT_EQ(found->rule, expected.rule);
  EXPECT_NEAR(found->score, expected.score, 5e-5);
}

TEST_P(GoldenVectors, RawFields_HaveGoldenVerdictInA3) {
  expect_verdict(GetParam(), Algorithm::kA3, GetParam().a3);
}
TEST_P(GoldenVectors, RawFields_HaveGoldenVerdictInA4) {
  expect_verdict(GetParam(), Algorithm::kA4, GetParam().a4);
}

// L10 is A3 for full middle names, L11 is A4.
TEST_P(GoldenVectors, RawFields_HaveA4sVerdictInL11) {
  expect_verdict(GetParam(), Algorithm::kL11, GetParam().a4);
}

INSTANTIATE_TEST_SUITE_P(Peer, GoldenVectors, testing::ValuesIn(kGolden), [](const auto& golden) {
  std::string name = *golden.param.left.first + *golden.param.left.last;
  std::erase_if(name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
  return name;
});

}  // namespace
