// Choosing among pairs: ties, one table, the sum, pairs for review.
#include "matcher/reference/selection.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <stdexcept>

#include "tests/matcher/reference/persons.hpp"

namespace {

using namespace matcher::reference;
using namespace reference_test;

// Ids are rows + 1 unless said otherwise.
Match pair_of(std::size_t left_row, std::size_t right_row, double score) {
  return {.left_id = static_cast<std::int64_t>(left_row) + 1,
          .right_id = static_cast<std::int64_t>(right_row) + 1,
          .score = score,
          .left_row = left_row,
          .right_row = right_row};
}

Match for_review(std::size_t left_row, std::size_t right_row, double score) {
  Match m = pair_of(left_row, right_row, score);
  m.decision = Decision::kReview;
  return m;
}

TEST(SelectBest, GreatestScoreOfEachLeftRow_IsKept) {
  const std::vector<Match> pairs = {pair_of(0, 0, 96), pair_of(0, 1, 98), pair_of(1, 1, 97), pair_of(1, 2, 96)};
  EXPECT_EQ(ids(select_best(pairs)), (Pairs{{1, 2}, {2, 2}}));
}

TEST(SelectBest, Ties_GoToTheLesserRightIdThenRow) {
  Match lesser_id = pair_of(0, 2, 96);
  lesser_id.right_id = -5;
  Match same_id = lesser_id;
  same_id.right_row = 1;
  EXPECT_EQ(ids(select_best(std::vector{pair_of(0, 0, 96), lesser_id})), (Pairs{{1, -5}}));
  const auto chosen = select_best(std::vector{lesser_id, same_id});
  ASSERT_EQ(chosen.size(), 1U);
  EXPECT_EQ(chosen[0].right_row, 1U);
}

TEST(SelectBest, RowsOfTheSameLeftId_AreTwo) {
  Match twin = pair_of(1, 0, 95);
  twin.left_id = 1;
  EXPECT_EQ(select_best(std::vector{pair_of(0, 0, 96), twin}).size(), 2U);
}

TEST(SelectGreedy, GreatestScoresFirst_RowsOnce) {
  const std::vector<Match> pairs = {pair_of(0, 0, 96), pair_of(0, 1, 98), pair_of(1, 0, 95), pair_of(1, 1, 97)};
  EXPECT_EQ(ids(select_greedy(pairs)), (Pairs{{1, 2}, {2, 1}}));
}

TEST(SelectGreedy, Ties_GoByLeftIdRightIdLeftRowRightRow) {
  EXPECT_EQ(ids(select_greedy(std::vector{pair_of(1, 0, 96), pair_of(0, 1, 96), pair_of(0, 0, 96)})), (Pairs{{1, 1}}));
  Match first = pair_of(2, 3, 96);
  Match second = pair_of(1, 4, 96);
  first.left_id = second.left_id = 7;
  first.right_id = second.right_id = 7;
  second.right_row = 3;
  const auto chosen = select_greedy(std::vector{first, second});
  ASSERT_EQ(chosen.size(), 1U);
  EXPECT_EQ(chosen[0].left_row, 1U);
}

TEST(SelectGreedy, OneTable_ARowIsTheSameOnBothSides) {
  const std::vector<Match> pairs = {pair_of(0, 1, 98), pair_of(1, 2, 97), pair_of(2, 3, 96)};
  EXPECT_EQ(ids(select_greedy(pairs)), (Pairs{{1, 2}, {2, 3}, {3, 4}}));
  EXPECT_EQ(ids(select_greedy(pairs, true)), (Pairs{{1, 2}, {3, 4}}));
  EXPECT_EQ(ids(select_greedy(std::vector{pair_of(1, 2, 98), pair_of(0, 1, 97)}, true)), (Pairs{{2, 3}}));
}

TEST(SelectOptimal, GreatestSum_BeatsGreatestPair) {
  const std::vector<Match> pairs = {pair_of(0, 0, 98), pair_of(0, 1, 97), pair_of(1, 0, 96)};
  EXPECT_EQ(ids(select_greedy(pairs)), (Pairs{{1, 1}}));
  const OptimalSelection optimal = select_optimal(pairs);
  EXPECT_EQ(ids(optimal.matches), (Pairs{{1, 2}, {2, 1}}));
  EXPECT_EQ(optimal.score_sum, 193'000'000'000);
}

TEST(SelectOptimal, Components_AddUp) {
  const std::vector<Match> pairs = {pair_of(0, 1, 98.5), pair_of(1, 0, 97), pair_of(2, 2, 96)};
  const OptimalSelection optimal = select_optimal(pairs);
  EXPECT_EQ(optimal.matches.size(), 3U);
  EXPECT_EQ(optimal.score_sum, 291'500'000'000);
}

TEST(SelectOptimal, OneTable_ARowIsTheSameOnBothSides) {
  const std::vector<Match> chain = {pair_of(0, 1, 96), pair_of(1, 2, 98), pair_of(2, 3, 96)};
  EXPECT_EQ(ids(select_optimal(chain, true).matches), (Pairs{{1, 2}, {3, 4}}));
  EXPECT_EQ(select_optimal(chain, true).score_sum, 192'000'000'000);
  EXPECT_EQ(select_optimal(chain).matches.size(), 3U);
}

// Only rows that later ones may ask for are told apart, or this would not end.
TEST(SelectOptimal, LongChain_IsSearched) {
  std::vector<Match> pairs;
  for (std::size_t i = 0; i < 60; ++i) {
    pairs.push_back(pair_of(i, i, 95.0));
    pairs.push_back(pair_of(i, i + 1, 96.0));
  }
  EXPECT_EQ(select_optimal(pairs).score_sum, 60 * 96'000'000'000);
}

TEST(SelectOptimal, TwelveRowsThatAllMatch_AreSearched) {
  std::vector<Match> pairs;
  for (std::size_t i = 0; i < 12; ++i) {
    for (std::size_t j = 0; j < 12; ++j) pairs.push_back(pair_of(i, j, i + j == 11 ? 96.0 : 95.0));
  }
  EXPECT_EQ(select_optimal(pairs).score_sum, 12 * 96'000'000'000);
}

TEST(SelectOptimal, Nothing_IsNothing) {
  EXPECT_TRUE(select_optimal({}).matches.empty());
  EXPECT_EQ(select_optimal({}).score_sum, 0);
}

TEST(SelectOptimal, TooManyRowsThatAllMatch_AreRefused) {
  std::vector<Match> pairs;
  for (std::size_t i = 0; i < 30; ++i) {
    for (std::size_t j = 0; j < 30; ++j) pairs.push_back(pair_of(i, j, 95.0 + static_cast<double>(i * j % 7)));
  }
  EXPECT_THROW(static_cast<void>(select_optimal(pairs)), std::length_error);
}

// The greatest sum over all subsets of the pairs in which no row is twice.
std::int64_t greatest_sum_of_subsets(const std::vector<Match>& pairs) {
  std::int64_t greatest = 0;
  for (std::uint32_t subset = 0; subset < (1U << pairs.size()); ++subset) {
    std::set<std::size_t> left;
    std::set<std::size_t> right;
    std::int64_t sum = 0;
    std::size_t size = 0;
    for (std::size_t k = 0; k < pairs.size(); ++k) {
      if ((subset >> k & 1U) == 0) continue;
      ++size;
      sum += score_units(pairs[k].score);
      left.insert(pairs[k].left_row);
      right.insert(pairs[k].right_row);
    }
    if (left.size() == size && right.size() == size) greatest = std::max(greatest, sum);
  }
  return greatest;
}

TEST(SelectOptimal, RandomPairs_HaveTheGreatestSumOfAllSubsets) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<Match> pairs;
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < 4; ++j) {
        if (random() % 3 != 0) pairs.push_back(pair_of(i, j, 60.0 + static_cast<double>(random() % 400) / 10.0));
      }
    }
    if (pairs.size() > 12) pairs.resize(12);
    const OptimalSelection optimal = select_optimal(pairs);
    ASSERT_EQ(optimal.score_sum, greatest_sum_of_subsets(pairs));
    ASSERT_EQ(greatest_sum_of_subsets(optimal.matches), optimal.score_sum);  // no row is twice, and they add up
  }
}

// The same for one table: every row in one pair at most, on whichever side.
std::int64_t greatest_sum_in_one_table(const std::vector<Match>& pairs, std::size_t next, std::set<std::size_t> taken) {
  if (next == pairs.size()) return 0;
  const Match& m = pairs[next];
  const std::int64_t without = greatest_sum_in_one_table(pairs, next + 1, taken);
  if (taken.contains(m.left_row) || taken.contains(m.right_row)) return without;
  taken.insert({m.left_row, m.right_row});
  return std::max(without, score_units(m.score) + greatest_sum_in_one_table(pairs, next + 1, taken));
}

TEST(SelectOptimal, RandomPairsInOneTable_HaveTheGreatestSumOfAllSubsets) {
  std::mt19937_64 random(8);
  for (int round = 0; round < 200; ++round) {
    std::vector<Match> pairs;
    for (std::size_t i = 0; i < 6; ++i) {
      for (std::size_t j = i + 1; j < 6; ++j) {
        if (random() % 3 != 0) pairs.push_back(pair_of(i, j, 60.0 + static_cast<double>(random() % 400) / 10.0));
      }
    }
    const OptimalSelection optimal = select_optimal(pairs, true);
    ASSERT_EQ(optimal.score_sum, greatest_sum_in_one_table(pairs, 0, {}));
    ASSERT_EQ(greatest_sum_in_one_table(optimal.matches, 0, {}), optimal.score_sum);
  }
}

TEST(ScoreUnits, AreBillionthsOfAPercent) {
  EXPECT_EQ(score_units(100.0), 100'000'000'000);
  EXPECT_EQ(score_units(0.0000000014), 1);
  EXPECT_EQ(score_units(0.0000000016), 2);
}

TEST(Selection, PairsForReview_StayAndTakeNoRow) {
  const std::vector<Match> pairs = {for_review(0, 0, 94), for_review(0, 1, 93), pair_of(0, 2, 96), pair_of(0, 3, 95)};
  const Pairs expected = {{1, 1}, {1, 2}, {1, 3}};
  EXPECT_EQ(ids(select_best(pairs)), expected);
  EXPECT_EQ(ids(select_greedy(pairs)), expected);
  EXPECT_EQ(ids(select_optimal(pairs).matches), expected);
  EXPECT_EQ(select_optimal(pairs).score_sum, 96'000'000'000);
  const std::vector<Match> contested = {for_review(0, 0, 99), pair_of(1, 0, 96)};
  EXPECT_EQ(select_greedy(contested).size(), 2U);
}

}  // namespace
