// What the options of a run change: normal forms, lengths, codes, birthdates, review, pairs within one table.
#include <gtest/gtest.h>

#include "tests/matcher/reference/persons.hpp"

namespace {

using namespace matcher::reference;
using namespace reference_test;

TEST(NormalizerOption, Raw_LeavesPartsAsTheyAre) {
  MatchOptions options = all_of(Algorithm::kA1);
  const Person left = person(1, "Jos\u00e9", {}, " Lee");
  EXPECT_TRUE(match_of(left, person(2, "jose", {}, "lee"), options));
  options.normalizer = Normalizer::kRaw;
  EXPECT_FALSE(match_of(left, person(2, "jose", {}, "lee"), options));
  EXPECT_FALSE(match_of(left, person(2, "Jos\u00e9", {}, "Lee"), options));
  EXPECT_TRUE(match_of(left, person(2, "Jos\u00e9", {}, " Lee"), options));
}

TEST(NormalizerOption, Raw_KeepsAccentsInTheCaseRule) {
  MatchOptions options = all_of(Algorithm::kA4);
  const Person left = person(1, "Jos\u00e9", {}, "Garc\u00eda");
  const Person right = person(2, "JOSE", {}, "GARCIA");
  EXPECT_EQ(match_of(left, right, options)->rule, Rule::kDirect);
  options.normalizer = Normalizer::kRaw;
  EXPECT_EQ(match_of(left, right, options)->rule, Rule::kCase3);
}

// 2 of 11 scalars, 13 bytes.
TEST(LengthUnitOption, Scalars_AreWhatTheDistanceIsDividedBy) {
  MatchOptions options = all_of(Algorithm::kA4);
  options.normalizer = Normalizer::kRaw;
  const Person left = person(1, "Jos\u00e9", {}, "Garc\u00eda");
  const Person right = person(2, "Jose", {}, "Garcia");
  const double by_bytes = match_of(left, right, options)->score;
  options.length_unit = LengthUnit::kScalars;
  const double by_scalars = match_of(left, right, options)->score;
  EXPECT_NEAR(by_bytes - by_scalars, (2.0 / 11.0 - 2.0 / 13.0) * 100.0 / 3.0, 1e-9);
}

TEST(CodeLengthOption, LongerCodes_TellMoreNamesApart) {
  MatchOptions options = all_of(Algorithm::kA4);
  const Person left = person(1, "Christopher", {}, "Montgomery");  // KRSTFRMNTKMR; the other has an L more
  const Person right = person(2, "Christopher", {}, "Montgomerl");
  EXPECT_TRUE(match_of(left, right, options)->phonetic_equal);
  options.code_length = 12;
  EXPECT_TRUE(match_of(left, right, options)->phonetic_equal);
  options.code_length = 13;
  EXPECT_FALSE(match_of(left, right, options)->phonetic_equal);
  options.code_length = 0;
  EXPECT_FALSE(match_of(left, right, options)->phonetic_equal);
}

TEST(DirectNormalization, PartsAreSimplified) {
  MatchOptions options = all_of(Algorithm::kA2);
  const Person left = person(1, "Mary-Jane", "P.", "St. John");
  const Person right = person(2, "Mary Jane", "P", "St John");
  EXPECT_FALSE(match_of(left, right, options));
  options.direct_normalization = true;
  EXPECT_TRUE(match_of(left, right, options));
  options.algorithm = Algorithm::kL3;  // not an option of levels
  EXPECT_FALSE(match_of(left, right, options));
}

TEST(DirectNormalization, NullEqualsNull_IfAskedFor) {
  for (const Algorithm algorithm : {Algorithm::kA1, Algorithm::kA2}) {
    MatchOptions options = all_of(algorithm);
    const Person no_first = person(1, {}, "B", "Lee");
    const Person no_last = person(2, "Ann", "B", {});
    EXPECT_FALSE(match_of(no_first, no_first, options));
    options.direct_normalization = true;
    EXPECT_TRUE(match_of(no_first, no_first, options));
    EXPECT_TRUE(match_of(no_last, no_last, options));
    EXPECT_FALSE(match_of(no_first, person(3, "", "B", "Lee"), options));
    options.null_equals_null = false;
    EXPECT_FALSE(match_of(no_first, no_first, options));
    EXPECT_FALSE(match_of(no_last, no_last, options));
  }
}

TEST(BirthdateOption, Swap_ExchangesDayAndMonth) {
  const Person left = person(1, "Ann", "Lou", "Lee", date(2000, 12, 4));
  const Person right = person(2, "Ann", "Lou", "Lee", date(2000, 4, 12));
  for (const Algorithm algorithm : {Algorithm::kA3, Algorithm::kA4, Algorithm::kMax3, Algorithm::kL10}) {
    MatchOptions options = all_of(algorithm);
    EXPECT_FALSE(match_of(left, right, options));
    options.birthdate_test = BirthdateTest::kSwap;
    EXPECT_TRUE(match_of(left, right, options));
    EXPECT_TRUE(match_of(left, left, options));
    EXPECT_FALSE(match_of(left, person(2, "Ann", "Lou", "Lee"), options));
  }
}

TEST(BirthdateOption, SwapAndAny_AreNotKnownToTheOthers) {
  const Person left = person(1, "Ann", "Lou", "Lee", date(2000, 12, 4));
  const Person right = person(2, "Ann", "Lou", "Lee", date(2000, 4, 12));
  for (const Algorithm algorithm : {Algorithm::kA1, Algorithm::kA2, Algorithm::kA7Levenshtein, Algorithm::kL1,
                                    Algorithm::kL2, Algorithm::kL3, Algorithm::kL11}) {
    for (const BirthdateTest test : {BirthdateTest::kSwap, BirthdateTest::kAny}) {
      MatchOptions options = all_of(algorithm);
      options.birthdate_test = test;
      EXPECT_FALSE(match_of(left, right, options));
      EXPECT_TRUE(match_of(left, left, options));
    }
  }
}

TEST(BirthdateOption, Any_TakesAbsentDatesToo) {
  const Person left = person(1, "Ann", "Lou", "Lee", date(2000, 12, 4));
  const Person right = person(2, "Ann", "Lou", "Lee", std::nullopt);
  for (const Algorithm algorithm : {Algorithm::kA3, Algorithm::kA4, Algorithm::kMax3}) {
    MatchOptions options = all_of(algorithm);
    options.birthdate_test = BirthdateTest::kAny;
    EXPECT_TRUE(match_of(left, right, options));
    EXPECT_TRUE(match_of(right, right, options));
  }
  MatchOptions options = all_of(Algorithm::kL10);
  options.birthdate_test = BirthdateTest::kAny;
  EXPECT_FALSE(match_of(left, right, options));
}

TEST(ReviewOption, PairBetweenTheBounds_IsForReview) {
  const Person left = person(1, "Jon", {}, "Smith");
  const Person right = person(2, "John", {}, "Smith");  // 96.1616
  MatchOptions options = all_of(Algorithm::kA3);
  options.threshold_percent = 96.0;
  options.review_percent = 90.0;
  EXPECT_EQ(match_of(left, right, options)->decision, Decision::kMatch);
  options.threshold_percent = 97.0;
  EXPECT_EQ(match_of(left, right, options)->decision, Decision::kReview);
  options.review_percent = 96.5;
  EXPECT_FALSE(match_of(left, right, options));
}

TEST(ReviewOption, ExactAlgorithms_DoNotAsk) {
  const Person row = person(1, "Ann", {}, "Lee");
  MatchOptions options = all_of(Algorithm::kL3);
  options.threshold_percent = 101.0;
  options.review_percent = 100.0;
  EXPECT_EQ(match_of(row, row, options)->decision, Decision::kMatch);
}

TEST(SameTableOption, EachPairOfRows_IsThereOnce) {
  const std::vector<Person> table = {person(9, "Ann", {}, "Lee"), person(5, "Bob", {}, "Ray"),
                                     person(2, "Ann", {}, "Lee"), person(2, "Ann", {}, "Lee")};
  MatchOptions options = all_of(Algorithm::kA4);
  options.same_table = true;
  const std::vector<Match> found = matches(table, table, options);
  ASSERT_EQ(ids(found), (Pairs{{2, 2}, {9, 2}, {9, 2}}));
  EXPECT_EQ(found[0].left_row, 2U);
  EXPECT_EQ(found[0].right_row, 3U);
  EXPECT_EQ(found[2].left_row, 0U);
  EXPECT_EQ(found[2].right_row, 3U);
}

TEST(Match, Rows_AreCountedInTheWholeTable) {
  const std::vector<Person> left = {person(1, "Ann", {}, "Lee", std::nullopt), person(1, "Ann", {}, "Lee")};
  const std::vector<Match> found = matches(left, left, all_of(Algorithm::kA1));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].left_row, 1U);
  EXPECT_EQ(found[0].right_row, 1U);
}

}  // namespace
