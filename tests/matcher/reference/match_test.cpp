// A1 to A4 on small tables: nulls, thresholds, order, cancellation.
#include "matcher/reference/match.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace {

using namespace matcher::reference;
using Name = std::optional<std::string>;
using Pairs = std::vector<std::pair<std::int64_t, std::int64_t>>;

Person person(std::int64_t id, Name first, Name middle, Name last, std::optional<std::int32_t> birthdate = 100) {
  return {id, std::move(first), std::move(middle), std::move(last), birthdate};
}

std::vector<Match> matches(const std::vector<Person>& left, const std::vector<Person>& right, Algorithm algorithm,
                           double threshold_percent = 0.0) {
  return match(left, right, {.algorithm = algorithm, .threshold_percent = threshold_percent, .is_cancelled = {}})
      .value();
}

Pairs pairs(const std::vector<Person>& left, const std::vector<Person>& right, Algorithm algorithm,
            double threshold_percent = 0.0) {
  Pairs result;
  for (const Match& m : matches(left, right, algorithm, threshold_percent)) result.emplace_back(m.left_id, m.right_id);
  return result;
}

constexpr Algorithm kAll[] = {Algorithm::kA1, Algorithm::kA2, Algorithm::kA3, Algorithm::kA4};

TEST(Match, SamePerson_MatchesInEveryAlgorithm) {
  const std::vector<Person> left = {person(1, "Jos\u00e9", "A", "Garc\u00eda")};
  const std::vector<Person> right = {person(2, " jose ", "a", "GARCIA")};
  for (const Algorithm algorithm : kAll) EXPECT_EQ(pairs(left, right, algorithm, 100.0), (Pairs{{1, 2}}));
}

TEST(Match, OtherOrMissingBirthdate_NeverMatches) {
  const std::vector<Person> left = {person(1, "Ann", "B", "Lee", 100), person(2, "Ann", "B", "Lee", std::nullopt)};
  const std::vector<Person> right = {person(3, "Ann", "B", "Lee", 101), person(4, "Ann", "B", "Lee", std::nullopt)};
  for (const Algorithm algorithm : kAll) EXPECT_EQ(pairs(left, right, algorithm), Pairs{});
}

TEST(Match, NullFirstOrLast_NeverMatchesExactly) {
  const std::vector<Person> rows = {person(1, std::nullopt, "B", "Lee"), person(2, "Ann", "B", std::nullopt)};
  EXPECT_EQ(pairs(rows, rows, Algorithm::kA1), Pairs{});
  EXPECT_EQ(pairs(rows, rows, Algorithm::kA2), Pairs{});
}

TEST(Match, EmptyFirst_MatchesEmptyFirstExactly) {
  const std::vector<Person> rows = {person(1, "", "", "")};
  EXPECT_EQ(pairs(rows, rows, Algorithm::kA1), (Pairs{{1, 1}}));
}

TEST(Match, NullMiddle_EqualsOnlyNullMiddleInA2) {
  const std::vector<Person> left = {person(1, "Ann", std::nullopt, "Lee"), person(2, "Ann", "", "Lee")};
  EXPECT_EQ(pairs(left, left, Algorithm::kA2), (Pairs{{1, 1}, {2, 2}}));
  EXPECT_EQ(pairs(left, left, Algorithm::kA1), (Pairs{{1, 1}, {1, 2}, {2, 1}, {2, 2}}));
}

TEST(Match, NullNames_AreEmptyInTheCaseRule) {
  const std::vector<Person> left = {person(1, std::nullopt, std::nullopt, "Lee"),
                                    person(2, std::nullopt, std::nullopt, std::nullopt)};
  const std::vector<Person> right = {person(3, "", "", "Lee"), person(4, "", "", "")};
  EXPECT_EQ(pairs(left, right, Algorithm::kA3), (Pairs{{1, 3}}));
  EXPECT_EQ(pairs(left, right, Algorithm::kA4), (Pairs{{1, 3}}));
}

TEST(Match, CaseRule_SeesNamesWithoutAccents) {
  const auto found =
      matches({person(1, "Jose", {}, "Garcia")}, {person(2, "Jos\u00e9", {}, "Garc\u00eda")}, Algorithm::kA3);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].rule, Rule::kDirect);
}

TEST(Match, Threshold_KeepsScoresAtOrAboveIt) {
  const std::vector<Person> left = {person(1, "Jon", {}, "Smith")};
  const std::vector<Person> right = {person(2, "John", {}, "Smith")};  // 96.1616
  EXPECT_EQ(pairs(left, right, Algorithm::kA3, 96.1).size(), 1U);
  EXPECT_EQ(pairs(left, right, Algorithm::kA3, 96.2).size(), 0U);
}

// Both sides are rounded to float: a score that misses the threshold by less than a float can tell is kept.
TEST(Match, Threshold_IsComparedInSinglePrecision) {
  const std::vector<Person> left = {person(1, "Jon", {}, "Smith")};
  const std::vector<Person> right = {person(2, "John", {}, "Smith")};
  const double score = matches(left, right, Algorithm::kA3)[0].score;
  EXPECT_EQ(pairs(left, right, Algorithm::kA3, score + 1e-9).size(), 1U);
  EXPECT_EQ(pairs(left, right, Algorithm::kA3, score + 1e-4).size(), 0U);
}

TEST(Match, Threshold_DoesNotConcernExactAlgorithms) {
  const std::vector<Person> rows = {person(1, "Ann", {}, "Lee")};
  EXPECT_EQ(pairs(rows, rows, Algorithm::kA1, 101.0).size(), 1U);
}

TEST(Match, Result_IsInOrderOfIds) {
  const std::vector<Person> left = {person(9, "Ann", {}, "Lee"), person(-3, "Ann", {}, "Lee")};
  const std::vector<Person> right = {person(7, "Ann", {}, "Lee"), person(2, "Ann", {}, "Lee")};
  EXPECT_EQ(pairs(left, right, Algorithm::kA4), (Pairs{{-3, 2}, {-3, 7}, {9, 2}, {9, 7}}));
}

TEST(Match, EmptyTable_HasNoMatches) {
  EXPECT_EQ(pairs({}, {person(1, "Ann", {}, "Lee")}, Algorithm::kA3), Pairs{});
  EXPECT_EQ(pairs({person(1, "Ann", {}, "Lee")}, {}, Algorithm::kA3), Pairs{});
}

TEST(Match, Cancellation_LeavesNoResult) {
  const std::vector<Person> rows(10, person(1, "Ann", {}, "Lee"));
  int questions = 0;
  const auto result = match(rows, rows, {.is_cancelled = [&] { return ++questions > 25; }});  // 20 rows are read first
  EXPECT_FALSE(result);
  EXPECT_EQ(questions, 26);
}

}  // namespace
