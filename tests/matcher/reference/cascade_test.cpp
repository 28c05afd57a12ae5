// The cascade: which rows leave, which levels run.
#include "matcher/reference/cascade.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/matcher/reference/persons.hpp"

namespace {

using namespace matcher::reference;
using namespace reference_test;
using Levels = std::vector<Algorithm>;

Person resident(std::int64_t id, const char* middle, std::int32_t birthdate_days = 100) {
  Person p = person(id, "Ann", middle, "Lee", birthdate_days);
  p.barangay_code = "B1";
  p.city_code = "C1";
  return p;
}

// Row 0 matches row 0 in L1, row 1 matches both in L2.
const std::vector<Person> kLeft = {resident(1, "Marie"), resident(2, "Maria")};
const std::vector<Person> kRight = {resident(11, "Marie"), resident(12, "Martha")};

Levels levels_run(const Cascade& cascade) {
  Levels result;
  for (const LevelResult& level : cascade.levels) {
    if (!level.is_skipped) result.push_back(level.level);
  }
  return result;
}

Pairs pairs(const Cascade& cascade, Algorithm level) {
  for (const LevelResult& result : cascade.levels) {
    if (result.level == level) return ids(result.matches);
  }
  return {};
}

TEST(Cascade, Default_IsAllLevelsInOrder) {
  const Cascade cascade = run_cascade(kLeft, kRight, {});
  EXPECT_FALSE(cascade.error);
  EXPECT_EQ(levels_run(cascade),
            (Levels{Algorithm::kL1, Algorithm::kL2, Algorithm::kL3, Algorithm::kL4, Algorithm::kL5, Algorithm::kL6,
                    Algorithm::kL7, Algorithm::kL8, Algorithm::kL9, Algorithm::kL10, Algorithm::kL11}));
}

TEST(Cascade, NamedLevels_RunInOrderAndOnce) {
  const Cascade cascade = run_cascade(kLeft, kRight, {.levels = {Algorithm::kL11, Algorithm::kL2, Algorithm::kL11}});
  EXPECT_EQ(levels_run(cascade), (Levels{Algorithm::kL2, Algorithm::kL11}));
}

TEST(Cascade, Exclusive_RowsOfAMatchLeave) {
  const Cascade cascade = run_cascade(kLeft, kRight, {});
  EXPECT_EQ(pairs(cascade, Algorithm::kL1), (Pairs{{1, 11}}));
  EXPECT_EQ(pairs(cascade, Algorithm::kL3), Pairs{});
  ASSERT_EQ(pairs(cascade, Algorithm::kL2), (Pairs{{2, 12}}));
  EXPECT_EQ(cascade.levels[1].matches[0].left_row, 1U);
  EXPECT_EQ(cascade.levels[1].matches[0].right_row, 1U);
}

TEST(Cascade, Exclusive_WithinALevelEveryPairCounts) {
  const Cascade cascade = run_cascade(kLeft, kRight, {.levels = {Algorithm::kL2, Algorithm::kL3}});
  EXPECT_EQ(pairs(cascade, Algorithm::kL2), (Pairs{{1, 11}, {1, 12}, {2, 11}, {2, 12}}));
  EXPECT_EQ(pairs(cascade, Algorithm::kL3), Pairs{});
}

TEST(Cascade, Independent_EveryLevelSeesAllRows) {
  const Cascade cascade = run_cascade(kLeft, kRight, {.exclusion = Exclusion::kIndependent});
  EXPECT_EQ(pairs(cascade, Algorithm::kL1), (Pairs{{1, 11}}));
  EXPECT_EQ(pairs(cascade, Algorithm::kL2), (Pairs{{1, 11}, {1, 12}, {2, 11}, {2, 12}}));
  EXPECT_EQ(pairs(cascade, Algorithm::kL9), (Pairs{{1, 11}, {1, 12}, {2, 11}, {2, 12}}));
}

TEST(Cascade, ExclusiveInOneTable_RowsLeaveBothSides) {
  const std::vector<Person> table = {resident(1, "Marie"), resident(2, "Marie"), resident(3, "Maria")};
  CascadeOptions options{.levels = {Algorithm::kL1, Algorithm::kL2}};
  options.pairs.same_table = true;
  const Cascade cascade = run_cascade(table, table, options);
  EXPECT_EQ(pairs(cascade, Algorithm::kL1), (Pairs{{1, 2}}));
  EXPECT_EQ(pairs(cascade, Algorithm::kL2), Pairs{});
}

TEST(Cascade, PairsForReview_DoNotLeave) {
  const std::vector<Person> left = {person(1, "Jon", "Marie", "Smith")};
  const std::vector<Person> right = {person(2, "John", "Marie", "Smith")};
  CascadeOptions options{.levels = {Algorithm::kL10, Algorithm::kL11}};
  options.pairs.threshold_percent = 99.0;
  options.pairs.review_percent = 80.0;
  const Cascade cascade = run_cascade(left, right, options);
  EXPECT_EQ(pairs(cascade, Algorithm::kL10), (Pairs{{1, 2}}));
  EXPECT_EQ(pairs(cascade, Algorithm::kL11), (Pairs{{1, 2}}));
}

TEST(Cascade, Threshold_Is95ByDefault) {
  const std::vector<Person> left = {person(1, "John", "Michael", "Smith")};
  const std::vector<Person> right = {person(2, "Jon", "Michael", "Smyth")};  // 90.9
  CascadeOptions options;
  EXPECT_EQ(pairs(run_cascade(left, right, options), Algorithm::kL10), Pairs{});
  options.pairs.threshold_percent = 90.0;
  EXPECT_EQ(pairs(run_cascade(left, right, options), Algorithm::kL10), (Pairs{{1, 2}}));
}

TEST(Cascade, Normalizers_AreOneForExactLevelsAndOneForTheCaseRule) {
  const std::vector<Person> left = {person(1, "Jos\u00e9", {}, "Garc\u00eda")};
  const std::vector<Person> right = {person(2, "Jose", {}, "Garcia")};
  CascadeOptions options{.exclusion = Exclusion::kIndependent, .case_rule_normalizer = Normalizer::kRaw};
  EXPECT_EQ(pairs(run_cascade(left, right, options), Algorithm::kL3), (Pairs{{1, 2}}));
  EXPECT_EQ(pairs(run_cascade(left, right, options), Algorithm::kL11), Pairs{});
  options.exact_normalizer = Normalizer::kRaw;
  options.case_rule_normalizer = Normalizer::kText;
  EXPECT_EQ(pairs(run_cascade(left, right, options), Algorithm::kL3), Pairs{});
  EXPECT_EQ(pairs(run_cascade(left, right, options), Algorithm::kL11), (Pairs{{1, 2}}));
}

TEST(Cascade, MissingColumn_ConcernsTheLevelsThatNeedIt) {
  const auto possible = [](Column absent) { return run_cascade({}, {}, {.absent_columns = {absent}}).possible; };
  EXPECT_EQ(possible(Column::kMiddleName), (Levels{Algorithm::kL3, Algorithm::kL6, Algorithm::kL9, Algorithm::kL11}));
  EXPECT_EQ(possible(Column::kBarangayCode),
            (Levels{Algorithm::kL1, Algorithm::kL2, Algorithm::kL3, Algorithm::kL7, Algorithm::kL8, Algorithm::kL9,
                    Algorithm::kL10, Algorithm::kL11}));
  EXPECT_EQ(possible(Column::kCityCode), (Levels{Algorithm::kL1, Algorithm::kL2, Algorithm::kL3, Algorithm::kL4,
                                                 Algorithm::kL5, Algorithm::kL6, Algorithm::kL10, Algorithm::kL11}));
}

TEST(Cascade, AutoSkip_SkipsAndReports) {
  const Cascade cascade = run_cascade(kLeft, kRight,
                                      {.levels = {Algorithm::kL3, Algorithm::kL6},
                                       .exclusion = Exclusion::kIndependent,
                                       .absent_columns = {Column::kBarangayCode}});
  EXPECT_FALSE(cascade.error);
  ASSERT_EQ(cascade.levels.size(), 2U);
  EXPECT_FALSE(cascade.levels[0].is_skipped);
  EXPECT_TRUE(cascade.levels[1].is_skipped);
  EXPECT_TRUE(cascade.levels[1].matches.empty());
  EXPECT_EQ(cascade.impossible, (Levels{Algorithm::kL6}));
}

TEST(Cascade, Manual_LevelsMustBeNamedAndPossible) {
  CascadeOptions options{.missing_columns = MissingColumns::kManual};
  EXPECT_EQ(run_cascade(kLeft, kRight, options).error, CascadeError::kLevelsNotNamed);
  options.levels = {Algorithm::kL3, Algorithm::kL4};
  EXPECT_FALSE(run_cascade(kLeft, kRight, options).error);
  options.absent_columns = {Column::kBarangayCode, Column::kMiddleName};
  const Cascade cascade = run_cascade(kLeft, kRight, options);
  EXPECT_EQ(cascade.error, CascadeError::kMissingColumn);
  EXPECT_EQ(cascade.impossible, (Levels{Algorithm::kL4}));
  EXPECT_EQ(cascade.possible, (Levels{Algorithm::kL3, Algorithm::kL9, Algorithm::kL11}));
  EXPECT_TRUE(cascade.levels.empty());
  options.levels = {Algorithm::kL3};
  EXPECT_FALSE(run_cascade(kLeft, kRight, options).error);
}

TEST(Cascade, Abort_StopsBeforeItBegins) {
  CascadeOptions options{.missing_columns = MissingColumns::kAbort, .absent_columns = {Column::kCityCode}};
  const Cascade cascade = run_cascade(kLeft, kRight, options);
  EXPECT_EQ(cascade.error, CascadeError::kMissingColumn);
  EXPECT_EQ(cascade.impossible, (Levels{Algorithm::kL7, Algorithm::kL8, Algorithm::kL9}));
  EXPECT_TRUE(cascade.levels.empty());
  options.levels = {Algorithm::kL1};
  EXPECT_FALSE(run_cascade(kLeft, kRight, options).error);
}

TEST(Cascade, OtherAlgorithms_AreNoLevels) {
  EXPECT_THROW(static_cast<void>(run_cascade({}, {}, {.levels = {Algorithm::kA1}})), std::invalid_argument);
}

TEST(Cascade, Cancellation_IsAnError) {
  CascadeOptions options;
  options.pairs.is_cancelled = [] { return true; };
  EXPECT_EQ(run_cascade(kLeft, kRight, options).error, CascadeError::kCancelled);
}

}  // namespace
