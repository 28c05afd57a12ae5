// A7-TIERS, A7-LEVENSHTEIN and MAX3: what they accept and how they score.
#include <gtest/gtest.h>

#include "tests/matcher/reference/persons.hpp"

namespace {

using namespace matcher::reference;
using namespace reference_test;

const MatchOptions kTiers = all_of(Algorithm::kA7Tiers);
const MatchOptions kLevenshtein = all_of(Algorithm::kA7Levenshtein);
const MatchOptions kMax3 = all_of(Algorithm::kMax3);

TEST(A7Tiers, Score_WeighsNameAndDate) {
  const Person left = person(1, "Jon", "Lou", "Smith", date(1980, 3, 5));
  const auto name = match_of(left, person(2, "John", {}, "Smith", date(1980, 3, 5)), all_of(Algorithm::kA4));
  const std::vector<std::pair<std::int32_t, double>> tiers = {{date(1980, 3, 5), 100.0}, {date(1980, 3, 6), 90.0},
                                                              {date(1980, 5, 3), 85.0},  {date(1980, 3, 7), 70.0},
                                                              {date(1980, 4, 7), 50.0},  {date(1981, 3, 5), 40.0}};
  for (const auto& [birthdate, tier] : tiers) {
    const auto found = match_of(left, person(2, "John", {}, "Smith", birthdate), kTiers);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->score, 0.7 * name->score + 0.3 * tier);
    EXPECT_EQ(found->rule, Rule::kCase1);
    EXPECT_EQ(found->distance, 1U);
    EXPECT_TRUE(found->phonetic_equal);
  }
}

TEST(A7Tiers, EqualNames_AreDirectWithoutIntegers) {
  const auto found =
      match_of(person(1, "Ann", {}, "Lee", date(1980, 3, 5)), person(2, "Ann", {}, "Lee", date(1980, 3, 6)), kTiers);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->rule, Rule::kDirect);
  EXPECT_NEAR(found->score, 97.0, 1e-9);
  EXPECT_EQ(found->matches + found->prefix + (found->phonetic_equal ? 1U : 0U), 0U);
}

TEST(A7Tiers, YearsApartOrNoDateOrOtherNames_NeverMatch) {
  const Person left = person(1, "Ann", {}, "Lee", date(1980, 3, 5));
  EXPECT_FALSE(match_of(left, person(2, "Ann", {}, "Lee", date(1982, 1, 1)), kTiers));
  EXPECT_FALSE(match_of(left, person(2, "Ann", {}, "Lee", std::nullopt), kTiers));
  EXPECT_FALSE(match_of(left, person(2, "Bob", {}, "Ray", date(1980, 3, 5)), kTiers));
}

TEST(A7Tiers, Threshold_AsksTheWeighedScore) {
  MatchOptions options = kTiers;
  options.threshold_percent = 85.1;  // equal names a day apart in days have 97, in years 82
  EXPECT_TRUE(match_of(person(1, "Ann", {}, "Lee", 100), person(2, "Ann", {}, "Lee", 101), options));
  EXPECT_FALSE(match_of(person(1, "Ann", {}, "Lee", 100), person(2, "Ann", {}, "Lee", 466), options));
}

TEST(A7Levenshtein, SoundexOfFirstAndLast_Accepts) {
  const auto found = match_of(person(1, "Robert", {}, "Smith"), person(2, "Rupert", "X", "Smyth"), kLevenshtein);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->rule, Rule::kWeighted);
  EXPECT_EQ(found->score, ((1.0 - 1.0 / 5.0) * 100.0 + (1.0 - 2.0 / 6.0) * 100.0) / 2.0);
  EXPECT_EQ(found->distance + found->matches + found->prefix + (found->phonetic_equal ? 1U : 0U), 0U);
  EXPECT_FALSE(match_of(person(1, "Robert", {}, "Smith"), person(2, "Rupert", {}, "Brown"), kLevenshtein));
  EXPECT_FALSE(match_of(person(1, "Robert", {}, "Smith"), person(2, "Ann", {}, "Smyth"), kLevenshtein));
}

TEST(A7Levenshtein, FirstThreeCharacters_Accept) {
  EXPECT_TRUE(match_of(person(1, "Alexander", {}, "Santos"), person(2, "Alejo", {}, "Sanchez"), kLevenshtein));
  EXPECT_FALSE(match_of(person(1, "Alexander", {}, "Santos"), person(2, "Alfonso", {}, "Sanchez"), kLevenshtein));
  EXPECT_FALSE(match_of(person(1, "Alexander", {}, "Brown"), person(2, "Alejo", {}, "Sanchez"), kLevenshtein));
}

TEST(A7Levenshtein, FirstThreeCharacters_AreAllOfAShorterName) {
  const Person left = person(1, "\u674e", {}, "Santos");
  EXPECT_TRUE(match_of(left, person(2, "\u674e", {}, "Santiago"), kLevenshtein));
  EXPECT_FALSE(match_of(left, person(2, "\u674e\u5c0f", {}, "Santiago"), kLevenshtein));
}

TEST(A7Levenshtein, SoundexOfMiddle_AcceptsAlone) {
  const auto found = match_of(person(1, "Ann", "Lee", "Ray"), person(2, "Ben", "Leo", "Moss"), kLevenshtein);
  ASSERT_TRUE(found);
  const double last = (1.0 - 4.0 / 4.0) * 100.0;
  const double first = (1.0 - 2.0 / 3.0) * 100.0;
  const double middle = (1.0 - 1.0 / 3.0) * 100.0;
  EXPECT_EQ(found->score, (last + first + middle) / 3.0);
  EXPECT_FALSE(match_of(person(1, "Ann", "Lee", "Ray"), person(2, "Ben", "Bo", "Moss"), kLevenshtein));
}

TEST(A7Levenshtein, MissingParts_AgreeWithNone) {
  const Person no_first = person(1, {}, {}, "Lee");
  const Person empty_first = person(2, "", "", "Lee");
  EXPECT_FALSE(match_of(no_first, no_first, kLevenshtein));
  EXPECT_FALSE(match_of(empty_first, empty_first, kLevenshtein));
  EXPECT_FALSE(match_of(no_first, empty_first, kLevenshtein));
  EXPECT_FALSE(match_of(person(1, "Ann", {}, {}), person(1, "Ann", {}, {}), kLevenshtein));
}

TEST(A7Levenshtein, NoAsciiLetter_HasNoSoundex) {
  const Person left = person(1, "\u674e\u5c0f", "\u674e", "Santos");
  EXPECT_FALSE(match_of(left, person(2, "\u5c0f\u674e", "\u5c0f", "Santos"), kLevenshtein));
}

TEST(A7Levenshtein, Middle_CountsIfBothHaveOne) {
  const Person left = person(1, "Ann", "Lou", "Lee");
  EXPECT_EQ(match_of(left, person(2, "Ann", {}, "Lee"), kLevenshtein)->score, 100.0);
  EXPECT_EQ(match_of(left, person(2, "Ann", "", "Lee"), kLevenshtein)->score, 200.0 / 3.0);
  EXPECT_EQ(match_of(person(1, "Ann", "", "Lee"), person(2, "Ann", "", "Lee"), kLevenshtein)->score, 100.0);
}

TEST(A7Levenshtein, MissingFirst_IsEmptyInTheScore) {
  EXPECT_EQ(match_of(person(1, {}, "Lou", "Lee"), person(2, "Ann", "Lou", "Lee"), kLevenshtein)->score, 200.0 / 3.0);
}

TEST(A7Levenshtein, LengthUnit_IsTheOptions) {
  MatchOptions options = kLevenshtein;
  options.normalizer = Normalizer::kRaw;
  const Person left = person(1, "Jos\u00e9", {}, "Lee");
  const Person right = person(2, "Jose", {}, "Lee");
  EXPECT_EQ(match_of(left, right, options)->score, (100.0 + (1.0 - 1.0 / 5.0) * 100.0) / 2.0);
  options.length_unit = LengthUnit::kScalars;
  EXPECT_EQ(match_of(left, right, options)->score, (100.0 + (1.0 - 1.0 / 4.0) * 100.0) / 2.0);
}

TEST(A7Levenshtein, Threshold_IsAsked) {
  MatchOptions options = kLevenshtein;
  options.threshold_percent = 95.0;
  EXPECT_FALSE(match_of(person(1, "Robert", {}, "Smith"), person(2, "Rupert", {}, "Smyth"), options));
}

TEST(Max3, GreatestSimilarity_IsTheScore) {
  const auto near = match_of(person(1, "Jon", {}, "Smith"), person(2, "John", {}, "Smith"), kMax3);
  ASSERT_TRUE(near);
  EXPECT_NEAR(near->score, 97.5758, 5e-5);  // Jaro-Winkler
  EXPECT_EQ(near->rule, Rule::kAutoMatch);
  EXPECT_EQ(near->distance, 1U);
  EXPECT_EQ(near->matches, 10U);
  EXPECT_EQ(near->prefix, 2U);
  const auto farther = match_of(person(1, "John", "Michael", "Smith"), person(2, "Jon", "Michael", "Smyth"), kMax3);
  ASSERT_TRUE(farther);
  EXPECT_NEAR(farther->score, 88.8889, 5e-5);  // Levenshtein
  EXPECT_EQ(farther->rule, Rule::kReview);
}

// One of 20 characters differs, and it is the first: Levenshtein is the greatest and exactly 95.
TEST(Max3, RuleIsAutoMatch_From95On) {
  const auto at_95 = match_of(person(1, "aaaaaaaab", {}, "aaaaaaaaa"), person(2, "baaaaaaab", {}, "aaaaaaaaa"), kMax3);
  ASSERT_TRUE(at_95);
  EXPECT_EQ(at_95->score, 95.0);
  EXPECT_EQ(at_95->rule, Rule::kAutoMatch);
  const auto below = match_of(person(1, "aaaaaaaab", {}, "aaaaaaaa"), person(2, "baaaaaaab", {}, "aaaaaaaa"), kMax3);
  ASSERT_TRUE(below);
  EXPECT_GT(below->score, 94.0);
  EXPECT_EQ(below->rule, Rule::kReview);
}

TEST(Max3, EqualNames_HaveNoIntegers) {
  const auto found = match_of(person(1, "Ann", "B", "Lee"), person(2, "ann.", "b", "Lee"), kMax3);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->score, 100.0);
  EXPECT_EQ(found->rule, Rule::kAutoMatch);
  EXPECT_EQ(found->distance + found->matches + found->half_transpositions + found->prefix, 0U);
}

TEST(Max3, Sounds_AreNotLookedAt) {
  EXPECT_FALSE(match_of(person(1, "Jon", {}, "Smith"), person(2, "John", {}, "Smith"), kMax3)->phonetic_equal);
}

TEST(Max3, AnyTwoNames_HaveAScore) {
  const auto found = match_of(person(1, "Bob", {}, "Ray"), person(2, "Eve", {}, "Moss"), kMax3);
  ASSERT_TRUE(found);
  EXPECT_LT(found->score, 60.0);
}

TEST(Max3, BlankNames_NeverMatch) {
  EXPECT_FALSE(match_of(person(1, "", {}, {}), person(2, "", {}, {}), kMax3));
  EXPECT_FALSE(match_of(person(1, "-", {}, "."), person(2, "Ann", {}, "Lee"), kMax3));
  EXPECT_FALSE(match_of(person(1, "Ann", {}, "Lee"), person(2, {}, {}, "."), kMax3));
  EXPECT_TRUE(match_of(person(1, {}, "B", {}), person(2, {}, "B", {}), kMax3));
}

}  // namespace
