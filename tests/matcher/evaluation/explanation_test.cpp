// The explanation of a pair says what the engine does with it.
#include "matcher/evaluation/explanation.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <optional>
#include <string>

#include "matcher/engine/match_engine.hpp"
#include "matcher/model/persons_table.hpp"

namespace {

using namespace matcher;
using testing::ElementsAre;
using testing::Optional;

struct Row {
  const char* first;
  const char* middle;
  const char* last;
  std::int32_t birthdate = 0;
};

void add(PersonsTable& table, const Row& row) {
  table.id.push_back(static_cast<std::int64_t>(table.id.size()));
  table.first_name.append(row.first);
  row.middle == nullptr ? table.middle_name.append_null() : table.middle_name.append(row.middle);
  table.last_name.append(row.last);
  table.birthdate.append(row.birthdate);
}

// Explains the second rows of both tables.
Explanation explain(const Row& left_row, const Row& right_row, const MatchOptions& options = {},
                    const ConventionChoice& choice = {}) {
  PersonsTable left;
  PersonsTable right;
  for (PersonsTable* table : {&left, &right}) add(*table, {"No", "One", "Else"});
  add(left, left_row);
  add(right, right_row);
  auto explanation = explain_pair(left.view(), 1, right.view(), 1, options, choice);
  EXPECT_TRUE(explanation) << explanation.error().message;
  return explanation.value_or(Explanation());
}

const ExplainedVerdict& verdict(const Explanation& explanation, Algorithm algorithm) {
  return explanation.verdicts.at(static_cast<std::size_t>(algorithm));
}

std::array<std::optional<std::string>, 2> value(const Explanation& explanation, std::string_view name) {
  const auto found = std::find_if(explanation.values.begin(), explanation.values.end(),
                                  [&](const ExplainedValue& value) { return value.name == name; });
  EXPECT_NE(found, explanation.values.end()) << name;
  return found->values;
}

TEST(ExplainPair, Values_AreThoseOfTheRows) {
  const Explanation explanation = explain({"JOS\xC3\x89", "M. L.", "Cruz", 1}, {"Jose", nullptr, "Cruz", 2});
  EXPECT_THAT(value(explanation, "birthdate"), ElementsAre(Optional(std::string("1970-01-02")), "1970-01-03"));
  EXPECT_THAT(value(explanation, "first_name"), ElementsAre(Optional(std::string("JOS\xC3\x89")), "Jose"));
  EXPECT_THAT(value(explanation, "first_name, normal form"), ElementsAre(Optional(std::string("jose")), "jose"));
  EXPECT_THAT(value(explanation, "first_name, soundex"), ElementsAre(Optional(std::string("J200")), "J200"));
  EXPECT_THAT(value(explanation, "middle_name, initials"), ElementsAre(Optional(std::string("ml")), std::nullopt));
  EXPECT_EQ(explanation.birthdate_tier, 90.0);
}

TEST(ExplainPair, Names_CompareWithAndWithoutMiddle) {
  const Explanation explanation = explain({"Jon", "Lee", "Smith"}, {"John", nullptr, "Smith"});
  const auto& [with, without] = explanation.names;
  EXPECT_TRUE(with.with_middle);
  EXPECT_FALSE(without.with_middle);
  EXPECT_EQ(without.full_names[0], "jon smith");
  EXPECT_EQ(without.full_names[1], "john smith");
  EXPECT_EQ(without.distance, 1U);
  EXPECT_DOUBLE_EQ(without.levenshtein_percent, 90.0);
  EXPECT_TRUE(without.sounds_agree);
  EXPECT_GT(with.distance, 1U);
}

TEST(ExplainPair, Verdicts_AreTheEnginesOfEachAlgorithm) {
  const Row left = {"Jon", "Maria", "Smith", 1};
  const Row right = {"John", "Maria", "Smith", 1};
  const Explanation explanation = explain(left, right);
  ASSERT_EQ(explanation.verdicts.size(), kAlgorithmNames.size());
  PersonsTable left_table;
  PersonsTable right_table;
  add(left_table, left);
  add(right_table, right);
  for (const ExplainedVerdict& said : explanation.verdicts) {
    MatchOptions options;
    options.algorithm = said.algorithm;
    options.threshold_percent = 0;
    options.conventions = conventions_of(Profile::kPeer, said.algorithm);
    const auto matches = match_persons(left_table.view(), right_table.view(), options);
    if (!matches) {  // a level whose column neither table has
      EXPECT_FALSE(said.accepted) << algorithm_name(said.algorithm);
      continue;
    }
    EXPECT_EQ(said.accepted, !matches->empty()) << algorithm_name(said.algorithm);
    if (!matches->empty()) {
      EXPECT_EQ(said.score, matches->front().score);
    }
  }
  EXPECT_TRUE(verdict(explanation, Algorithm::kA3).accepted);
  EXPECT_FALSE(verdict(explanation, Algorithm::kA1).accepted);
}

// The peer's L11 compares names as given, its A4 without accents.
TEST(ExplainPair, Conventions_AreThoseOfEachAlgorithm) {
  const Row left = {"\xC3\x89va\xC3\xA9", nullptr, "Li"};
  const Row right = {"Evae", nullptr, "Li"};
  const Explanation peer = explain(left, right);
  EXPECT_EQ(verdict(peer, Algorithm::kA4).rule, Rule::kDirect);
  EXPECT_FALSE(verdict(peer, Algorithm::kL11).accepted);
  const Explanation sound = explain(left, right, {}, {.profile = Profile::kSound});
  EXPECT_TRUE(verdict(sound, Algorithm::kL11).accepted);
}

TEST(ExplainPair, Swap_GoesToThoseThatTakeIt) {
  MatchOptions options;
  options.date_test = DateTest::kSwap;
  const Explanation explanation = explain({"Ana", nullptr, "Cruz", 1}, {"Ana", nullptr, "Cruz", 31}, options);
  EXPECT_TRUE(verdict(explanation, Algorithm::kA3).accepted);
  EXPECT_FALSE(verdict(explanation, Algorithm::kL11).accepted);
}

TEST(ExplainPair, Keys_SayWhetherTheyAgree) {
  MatchOptions options;
  for (const char* text : {"birthdate", "last+first:1", "first"}) {
    options.blocking_keys.push_back(parse_blocking_key(text).value());
  }
  const Explanation explanation = explain({"Jon", nullptr, "Smith"}, {"John", nullptr, "Smith"}, options);
  ASSERT_EQ(explanation.keys.size(), 3U);
  EXPECT_EQ(explanation.keys[1].key, "last+first:1");
  EXPECT_TRUE(explanation.keys[0].agrees);
  EXPECT_TRUE(explanation.keys[1].agrees);
  EXPECT_FALSE(explanation.keys[2].agrees);
}

TEST(ExplainPair, BirthdatesFarApart_HaveNoTier) {
  EXPECT_FALSE(explain({"Ana", nullptr, "Cruz", 0}, {"Ana", nullptr, "Cruz", 2000}).birthdate_tier);
}

}  // namespace
