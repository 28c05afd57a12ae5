// The engine's interface: golden pairs, the sound that is no key, thread counts, cancellation, refusals.
#include "matcher/engine/match_engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <limits>
#include <string>
#include <tuple>
#include <vector>

#include "tests/matcher/engine/random_persons.hpp"

namespace {

using namespace matcher;
using testing::HasSubstr;

struct Name {
  const char* first;
  const char* middle;  // nullptr: null
  const char* last;
};

PersonsTable persons(std::initializer_list<Name> names, std::int32_t birthdate = 0) {
  PersonsTable table;
  for (const Name& name : names) {
    table.id.push_back(static_cast<std::int64_t>(table.id.size()));
    table.first_name.append(name.first);
    name.middle == nullptr ? table.middle_name.append_null() : table.middle_name.append(name.middle);
    table.last_name.append(name.last);
    table.birthdate.append(birthdate);
  }
  return table;
}

std::vector<Match> match(const PersonsTable& left, const PersonsTable& right, Algorithm algorithm, double threshold) {
  auto matches = match_persons(left.view(), right.view(), {algorithm, threshold, 1, {}});
  EXPECT_TRUE(matches);
  return *matches;
}

struct Golden {
  Name left;
  Name right;
  Rule a3_rule;
  double a3_score;  // 0: no match
  Rule a4_rule;
  double a4_score;
};

class GoldenPair : public testing::TestWithParam<Golden> {
 protected:
  void expect(Algorithm algorithm, Rule rule, double score) {
    const auto matches = match(persons({GetParam().left}), persons({GetParam().right}), algorithm, 0.0);
    ASSERT_EQ(matches.size(), score == 0.0 ? 0U : 1U);
    if (matches.empty()) return;
    EXPECT_EQ(matches[0].rule, rule);
    EXPECT_NEAR(matches[0].score, score, 5e-5);
  }
};

TEST_P(GoldenPair, A3_HasItsRuleAndScore) {
  expect(Algorithm::kA3, GetParam().a3_rule, GetParam().a3_score);
}
TEST_P(GoldenPair, A4_HasItsRuleAndScore) {
  expect(Algorithm::kA4, GetParam().a4_rule, GetParam().a4_score);
}

// Computed with the audited program's own string libraries; the row with accents is left out, as normalize_text, which
// that computation skipped, makes its names equal.
INSTANTIATE_TEST_SUITE_P(
    Peer, GoldenPair,
    testing::Values(
        Golden{{"Jon", nullptr, "Smith"}, {"John", nullptr, "Smith"}, Rule::kCase1, 96.1616, Rule::kCase1, 95.7778},
        Golden{{"John", "Michael", "Smith"}, {"Jon", "Michael", "Smyth"}, Rule::kCase3, 90.8969, Rule::kCase3, 90.5679},
        Golden{{"Catherine", nullptr, "Jones"},
               {"Katherine", nullptr, "Jones"},
               Rule::kCase1,
               96.5278,
               Rule::kCase1,
               96.2963},
        Golden{{"Maria", "Lee", "Santos"}, {"Maria", nullptr, "Santos"}, Rule::kExact, 0, Rule::kDirect, 100},
        Golden{{"Ann", "B", "Lee"}, {"Ann", nullptr, "Lee"}, Rule::kCase2, 62.2222, Rule::kDirect, 100},
        Golden{{"Mary-Jane", nullptr, "O'Brien"},
               {"Mary Jane", nullptr, "OBrien"},
               Rule::kCase1,
               97.7778,
               Rule::kCase1,
               97.6471},
        Golden{{"Jmaes", nullptr, "Brown"}, {"James", nullptr, "Brown"}, Rule::kCase3, 93.6111, Rule::kCase3, 93.0303},
        Golden{{"Jr. Pedro", nullptr, "Cruz"}, {"Pedro", nullptr, "Cruz"}, Rule::kExact, 0, Rule::kExact, 0}));

// The rule reads a hyphen as a space, the phonetic form drops it: "thomashall" has an "sh", "thomas hall" has not.
TEST(MatchPersons, EqualNamesOfDifferentSound_AreDirectAtEveryThreshold) {
  const PersonsTable hyphen = persons({{"Thomas-Hall", nullptr, "Smith"}});
  const PersonsTable space = persons({{"Thomas Hall", nullptr, "Smith"}});
  for (const double threshold : {0.0, 70.0, 95.0, 100.0}) {
    for (const auto& [left, right] : {std::pair(&hyphen, &space), std::pair(&space, &hyphen)}) {
      const auto matches = match(*left, *right, Algorithm::kA4, threshold);
      ASSERT_EQ(matches.size(), 1U) << threshold;
      EXPECT_EQ(matches[0].rule, Rule::kDirect);
    }
  }
}

// The best a pair of different sound can do comes close to 66.67 %; thresholds below that must not join by sound.
TEST(MatchPersons, BestPairOfDifferentSound_IsFoundBelowItsScore) {
  const std::string rest(4000, 'a');
  const PersonsTable left = persons({{("b" + rest).c_str(), nullptr, "x"}});
  const PersonsTable right = persons({{("k" + rest).c_str(), nullptr, "x"}});
  const auto matches = match(left, right, Algorithm::kA4, 66.64);
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches[0].phonetic_equal, 0U);
  EXPECT_GT(matches[0].score, 66.64);
  EXPECT_TRUE(match(left, right, Algorithm::kA4, 66.7).empty());
}

TEST(MatchPersons, NamesWithoutSound_StillMatchWhenEqual) {
  const PersonsTable table = persons({{"\xE6\x9D\x8E", nullptr, "\xE6\x98\x8E"}});
  EXPECT_EQ(match(table, table, Algorithm::kA3, 95.0).size(), 1U);
}

TEST(MatchPersons, DirectMatch_HasNoNumbers) {
  const PersonsTable table = persons({{"Ann", nullptr, "Lee"}});
  const auto matches = match(table, table, Algorithm::kA3, 95.0);
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches[0].parts, ScoreParts{});
  EXPECT_EQ(matches[0].phonetic_equal, 0U);
}

TEST(MatchPersons, OtherBirthdate_NeverMatches) {
  const auto matches = match(persons({{"Ann", "B", "Lee"}}, 0), persons({{"Ann", "B", "Lee"}}, 1), Algorithm::kA3, 0.0);
  EXPECT_TRUE(matches.empty());
}

TEST(MatchPersons, MiddleNullAgainstEmpty_DiffersInA2Only) {
  const PersonsTable null_middle = persons({{"Ann", nullptr, "Lee"}});
  const PersonsTable empty_middle = persons({{"Ann", "", "Lee"}});
  EXPECT_EQ(match(null_middle, empty_middle, Algorithm::kA1, 0.0).size(), 1U);
  EXPECT_EQ(match(null_middle, empty_middle, Algorithm::kA2, 0.0).size(), 0U);
  EXPECT_EQ(match(null_middle, null_middle, Algorithm::kA2, 0.0).size(), 1U);
}

TEST(MatchPersons, ThreadCount_DoesNotChangeTheResult) {
  matcher_test::PersonsGenerator generator(11);
  const auto left = generator.make(900);
  const auto right = generator.make(700);
  for (const Algorithm algorithm : {Algorithm::kA1, Algorithm::kA3}) {
    const auto one = match_persons(left.table.view(), right.table.view(), {algorithm, 0.0, 1, {}});
    ASSERT_TRUE(one);
    ASSERT_GT(one->size(), 100U);
    for (const unsigned threads : {2U, 3U, 8U}) {
      const auto many = match_persons(left.table.view(), right.table.view(), {algorithm, 0.0, threads, {}});
      ASSERT_TRUE(many);
      EXPECT_EQ(*many, *one) << threads << " threads";
    }
  }
}

// The generator's ids repeat and are not in row order.
TEST(MatchPersons, UnsortedTables_GiveSortedMatches) {
  matcher_test::PersonsGenerator generator(13);
  const auto left = generator.make(300);
  const auto right = generator.make(200);
  const auto matches = match_persons(left.table.view(), right.table.view(), {Algorithm::kA1, 0.0, 2, {}});
  ASSERT_TRUE(matches);
  ASSERT_GT(matches->size(), 20U);
  const auto order = [&](const Match& match) {
    return std::tuple(left.table.id[match.left_row], right.table.id[match.right_row], match.left_row, match.right_row);
  };
  for (std::size_t i = 1; i < matches->size(); ++i) EXPECT_LT(order((*matches)[i - 1]), order((*matches)[i])) << i;
}

TEST(MatchPersons, CancelledLater_StopsWithoutAResult) {
  matcher_test::PersonsGenerator generator(12);
  const auto table = generator.make(1200);
  int polls = 0;
  const auto count_polls = [&](int allowed) {
    polls = 0;
    return match_persons(table.table.view(), table.table.view(),
                         {Algorithm::kA3, 0.0, 1, [&polls, allowed] { return ++polls > allowed; }});
  };
  ASSERT_TRUE(count_polls(1000000));
  const int all = polls;
  // 1.4 million pairs over 5 dates: some 240,000 candidates, one question per 4096 of them.
  EXPECT_GT(all, 50);
  for (const int allowed : {0, 3, all / 2, all - 1}) {
    const auto matches = count_polls(allowed);
    ASSERT_FALSE(matches) << allowed << " of " << all;
    EXPECT_EQ(matches.error().kind, ErrorKind::kCancelled);
  }
}

TEST(MatchPersons, ThresholdOutsideItsRange_IsRefused) {
  const PersonsTable table = persons({{"Ann", nullptr, "Lee"}});
  for (const double threshold : {-0.5, 100.5, std::numeric_limits<double>::quiet_NaN()}) {
    const auto matches = match_persons(table.view(), table.view(), {Algorithm::kA3, threshold, 1, {}});
    ASSERT_FALSE(matches);
    EXPECT_EQ(matches.error().kind, ErrorKind::kBadInput);
    EXPECT_THAT(matches.error().message, HasSubstr("is not a percentage"));
  }
}

}  // namespace
