// Precision, recall, every cause of a lost pair, and what keys reach, on tables small enough to count by hand.
#include "matcher/evaluation/quality.hpp"

#include <gmock/gmock.h>

#include <optional>
#include <string>
#include <vector>

#include "matcher/engine/match_engine.hpp"
#include "matcher/model/persons_table.hpp"
#include "matcher/resolution/selection.hpp"

namespace {

using namespace matcher;
using testing::ElementsAre;
using testing::IsEmpty;

struct Row {
  const char* first;
  const char* last;
  std::optional<std::int32_t> birthdate = 0;
};

PersonsTable table(const std::vector<Row>& rows) {
  PersonsTable table;
  for (const Row& row : rows) {
    table.id.push_back(static_cast<std::int64_t>(table.id.size()));
    table.first_name.append(row.first);
    table.last_name.append(row.last);
    table.birthdate.append(row.birthdate);
  }
  return table;
}

// Rows with equal numbers are the same person.
Truth diagonal(std::uint32_t rows) {
  Truth truth;
  for (std::uint32_t row = 0; row < rows; ++row) truth.pairs.emplace_back(row, row);
  return truth;
}

std::vector<BlockingKey> keys(const std::vector<const char*>& texts) {
  std::vector<BlockingKey> keys;
  for (const char* text : texts) keys.push_back(parse_blocking_key(text).value());
  return keys;
}

using Losses = std::array<std::uint64_t, kLossCauseNames.size()>;

Losses losses(const PersonsTable& left, const PersonsTable& right, const MatchOptions& options,
              Selection selection = Selection::kAll) {
  const auto matches = match_persons(left.view(), right.view(), options);
  EXPECT_TRUE(matches) << matches.error().message;
  const auto chosen = select_matches(*matches, selection, left.id.size(), right.id.size());
  return count_losses(left.view(), right.view(), options, *matches, chosen,
                      diagonal(static_cast<std::uint32_t>(left.id.size())));
}

MatchOptions options_of(Algorithm algorithm, double threshold) {
  MatchOptions options;
  options.algorithm = algorithm;
  options.threshold_percent = threshold;
  options.threads = 1;
  return options;
}

Losses expected(LossCause cause, std::uint64_t count = 1) {
  Losses losses{};
  losses[static_cast<std::size_t>(cause)] = count;
  return losses;
}

TEST(MeasureQuality, KnownCounts_GiveTheRatios) {
  Truth truth;
  truth.pairs = {{0, 0}, {1, 1}, {2, 2}, {3, 3}};
  const std::vector<Match> matches = {{.left_row = 0, .right_row = 0},
                                      {.left_row = 1, .right_row = 2},
                                      {.left_row = 2, .right_row = 2, .for_review = true},
                                      {.left_row = 3, .right_row = 3}};
  const Quality quality = measure_quality(matches, truth);
  EXPECT_EQ(quality.found, 3U);
  EXPECT_EQ(quality.correct, 2U);
  EXPECT_EQ(quality.expected, 4U);
  EXPECT_DOUBLE_EQ(*quality.precision(), 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(*quality.recall(), 0.5);
  EXPECT_DOUBLE_EQ(*quality.f1(), 4.0 / 7.0);
}

TEST(MeasureQuality, NothingToDivideBy_IsNothing) {
  const Quality quality = measure_quality({}, {});
  EXPECT_FALSE(quality.precision());
  EXPECT_FALSE(quality.recall());
  EXPECT_FALSE(quality.f1());
}

TEST(CountLosses, BirthdateMissingOrDifferent) {
  const PersonsTable left = table({{"Ana", "Cruz", std::nullopt}, {"Jon", "Cruz", 1}, {"Leo", "Cruz", 1}});
  const PersonsTable right = table({{"Ana", "Cruz", 0}, {"Jon", "Cruz", 2}, {"Leo", "Cruz", 1}});
  Losses both = expected(LossCause::kBirthdateMissing);
  both[static_cast<std::size_t>(LossCause::kBirthdateDiffers)] = 1;
  for (const Algorithm algorithm : {Algorithm::kA1, Algorithm::kA3, Algorithm::kMax3, Algorithm::kL11}) {
    EXPECT_EQ(losses(left, right, options_of(algorithm, 95)), both) << algorithm_name(algorithm);
  }
  EXPECT_EQ(losses(left, right, options_of(Algorithm::kA7Tiers, 95)), expected(LossCause::kBirthdateMissing));
}

TEST(CountLosses, ExchangedDayAndMonth_IsLostOnlyWithoutSwap) {
  const PersonsTable left = table({{"Ana", "Cruz", 32}});    // 1970-02-02
  const PersonsTable right = table({{"Ana", "Cruz", 1}});    // 1970-01-02
  const PersonsTable turned = table({{"Ana", "Cruz", 31}});  // 1970-02-01
  MatchOptions options = options_of(Algorithm::kA3, 95);
  EXPECT_EQ(losses(right, turned, options), expected(LossCause::kBirthdateDiffers));
  options.date_test = DateTest::kSwap;
  EXPECT_EQ(losses(right, turned, options), Losses{});
  EXPECT_EQ(losses(left, right, options), expected(LossCause::kBirthdateDiffers));
}

TEST(CountLosses, BirthdatesThatPass_LeaveTheBlameToTheNames) {
  const PersonsTable left = table({{"Ana", "Cruz", 1}});
  const PersonsTable other = table({{"Xu", "Li", 31}});  // day and month exchanged
  EXPECT_EQ(losses(left, other, options_of(Algorithm::kA7Tiers, 0)), expected(LossCause::kRuleRefuses));
  MatchOptions options = options_of(Algorithm::kA3, 0);
  EXPECT_EQ(losses(left, other, options), expected(LossCause::kBirthdateDiffers));
  options.date_test = DateTest::kSwap;
  EXPECT_EQ(losses(left, other, options), expected(LossCause::kRuleRefuses));
}

TEST(CountLosses, NoKeyAgrees) {
  const PersonsTable left = table({{"Ana", "Cruz"}, {"Leo", "Cruz"}});
  const PersonsTable right = table({{"Ana", "Kruz"}, {"Leo", "Cruz"}});
  MatchOptions options = options_of(Algorithm::kA4, 0);
  options.blocking_keys = keys({"last", "first+last"});
  EXPECT_EQ(losses(left, right, options), expected(LossCause::kNoKeyAgrees));
}

TEST(CountLosses, RuleRefusesOrScoreTooLow) {
  const PersonsTable left = table({{"Jon", "Smith"}, {"Maria", "Santos"}});
  const PersonsTable right = table({{"John", "Smith"}, {"Xu", "Li"}});  // 95.78 %, refused
  EXPECT_EQ(losses(left, right, options_of(Algorithm::kA4, 95)), expected(LossCause::kRuleRefuses));
  Losses both = expected(LossCause::kRuleRefuses);
  both[static_cast<std::size_t>(LossCause::kBelowThreshold)] = 1;
  EXPECT_EQ(losses(left, right, options_of(Algorithm::kA4, 97)), both);
}

TEST(CountLosses, ForReview) {
  const PersonsTable left = table({{"Jon", "Smith"}});
  const PersonsTable right = table({{"John", "Smith"}});
  MatchOptions options = options_of(Algorithm::kA4, 97);
  options.review_percent = 95;
  EXPECT_EQ(losses(left, right, options), expected(LossCause::kForReview));
  EXPECT_EQ(losses(left, right, options_of(Algorithm::kMax3, 99)), expected(LossCause::kForReview)) << "85 by itself";
}

TEST(CountLosses, NotSelected) {
  const PersonsTable left = table({{"Jon", "Smith"}, {"Jon", "Smith"}});
  const PersonsTable right = table({{"John", "Smith"}, {"Jon", "Smith"}});
  const MatchOptions options = options_of(Algorithm::kA4, 95);
  EXPECT_EQ(losses(left, right, options), Losses{});
  EXPECT_EQ(losses(left, right, options, Selection::kBest), expected(LossCause::kNotSelected));
}

TEST(MeasureKeys, TruePairs_AreCountedByKeyAndWhereNoOtherAgrees) {
  const PersonsTable left = table({{"Ana", "Cruz"}, {"Leo", "Cruz"}, {"Eva", "Lim"}, {"", "Yu"}});
  const PersonsTable right = table({{"Ana", "Cruz"}, {"Lea", "Cruz"}, {"Eva", "Tan"}, {"", "Go"}});
  MatchOptions options = options_of(Algorithm::kA4, 0);
  options.blocking_keys = keys({"last", "first", "birthdate"});
  const auto found = measure_keys(left.view(), right.view(), options, diagonal(4));
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].key, "last");
  EXPECT_EQ(found[0].true_pairs, 2U);
  EXPECT_EQ(found[1].true_pairs, 2U) << "an empty first name is no key";
  EXPECT_EQ(found[2].true_pairs, 4U);
  EXPECT_EQ(found[0].only_here + found[1].only_here, 0U);
  EXPECT_EQ(found[2].only_here, 1U);
  options.blocking_keys.clear();
  EXPECT_THAT(measure_keys(left.view(), right.view(), options, diagonal(4)), IsEmpty());
}

}  // namespace
