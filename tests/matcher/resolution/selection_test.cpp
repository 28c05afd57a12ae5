// Choosing among matches: best, greedy, optimal, with their ties.
#include "matcher/resolution/selection.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "matcher/model/persons_table.hpp"

namespace {

using namespace matcher;
using testing::ElementsAre;

using Rows = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

class Select : public testing::Test {
 protected:
  // left and right: ids by row.
  Select() { left_.id = right_.id = {10, 11, 12, 13, 14, 15}; }

  void add(std::uint32_t left, std::uint32_t right, double score, bool for_review = false) {
    matches_.push_back({.left_row = left, .right_row = right, .for_review = for_review, .score = score});
  }
  [[nodiscard]] Rows select(Selection selection) {
    matches_ = sorted_matches({matches_}, left_.view(), right_.view());
    Rows rows;
    for (const Match& match : select_matches(matches_, selection, left_.id.size(), right_.id.size())) {
      rows.emplace_back(match.left_row, match.right_row);
    }
    return rows;
  }

  PersonsTable left_;
  PersonsTable right_;
  std::vector<Match> matches_;
};

TEST_F(Select, All_KeepsEverything) {
  add(0, 0, 95);
  add(0, 1, 96);
  add(1, 1, 90, true);
  EXPECT_EQ(select(Selection::kAll), (Rows{{0, 0}, {0, 1}, {1, 1}}));
}

TEST_F(Select, Best_TakesTheGreatestScoreOfEachLeftRow) {
  add(0, 0, 95);
  add(0, 1, 96);
  add(1, 1, 95);
  EXPECT_EQ(select(Selection::kBest), (Rows{{0, 1}, {1, 1}})) << "a right row may be taken twice";
}

TEST_F(Select, BestOfEqualScores_IsTheLesserRightIdThenRow) {
  right_.id = {12, 11, 11, 13, 14, 15};
  add(0, 0, 95);
  add(0, 1, 95);
  add(0, 2, 95);
  EXPECT_EQ(select(Selection::kBest), (Rows{{0, 1}}));
}

TEST_F(Select, Greedy_TakesByDescendingScore) {
  add(0, 0, 100);
  add(0, 1, 99);
  add(1, 0, 99);
  EXPECT_EQ(select(Selection::kGreedy), (Rows{{0, 0}})) << "not the two that score 198";
  EXPECT_EQ(select(Selection::kOptimal), (Rows{{0, 1}, {1, 0}}));
}

TEST_F(Select, GreedyOfEqualScores_GoesByLeftIdThenRightId) {
  left_.id = {20, 11, 12, 13, 14, 15};
  right_.id = {10, 9, 12, 13, 14, 15};
  add(0, 1, 95);  // ids 20, 9
  add(1, 0, 95);  // 11, 10
  add(1, 1, 95);  // 11, 9: the first, which leaves nothing for the others
  EXPECT_EQ(select(Selection::kGreedy), (Rows{{1, 1}}));
}

TEST_F(Select, EqualIds_GoByRow) {
  left_.id = right_.id = {7, 7, 7, 7, 7, 7};
  for (std::uint32_t left : {2U, 1U}) {
    for (std::uint32_t right : {3U, 2U}) add(left, right, 95);
  }
  EXPECT_EQ(select(Selection::kGreedy), (Rows{{1, 2}, {2, 3}}));
  EXPECT_EQ(select(Selection::kBest), (Rows{{1, 2}, {2, 2}}));
}

TEST_F(Select, ReviewPairs_StayAndTakeNothing) {
  add(0, 0, 94, true);
  add(0, 1, 93, true);
  add(1, 0, 96);
  add(2, 0, 95);
  for (const Selection selection : {Selection::kGreedy, Selection::kOptimal}) {
    EXPECT_EQ(select(selection), (Rows{{0, 0}, {0, 1}, {1, 0}}));
  }
  EXPECT_EQ(select(Selection::kBest), (Rows{{0, 0}, {0, 1}, {1, 0}, {2, 0}}));
}

TEST_F(Select, NothingToChoose_IsNothing) {
  for (const Selection selection : {Selection::kAll, Selection::kBest, Selection::kGreedy, Selection::kOptimal}) {
    EXPECT_TRUE(select(selection).empty());
  }
}

double sum_of(const Rows& rows, const std::vector<Match>& matches) {
  double sum = 0;
  for (const Match& match : matches) {
    if (std::count(rows.begin(), rows.end(), std::pair(match.left_row, match.right_row)) != 0) sum += match.score;
  }
  return sum;
}

TEST_F(Select, RandomMatches_OptimalIsOneToOneAndNoWorseThanGreedy) {
  std::mt19937_64 random(4);
  int better = 0;
  for (int round = 0; round < 500; ++round) {
    matches_.clear();
    for (std::uint32_t left = 0; left < 6; ++left) {
      for (std::uint32_t right = 0; right < 6; ++right) {
        if (random() % 2 == 0) add(left, right, 80.0 + static_cast<double>(random() % 2001) / 100.0);
      }
    }
    const Rows optimal = select(Selection::kOptimal);
    const Rows greedy = select(Selection::kGreedy);
    for (const Rows& rows : {optimal, greedy}) {
      std::set<std::uint32_t> lefts;
      std::set<std::uint32_t> rights;
      for (const auto& [left, right] : rows) {
        ASSERT_TRUE(lefts.insert(left).second);
        ASSERT_TRUE(rights.insert(right).second);
      }
    }
    ASSERT_GE(sum_of(optimal, matches_), sum_of(greedy, matches_) - 1e-6);
    better += sum_of(optimal, matches_) > sum_of(greedy, matches_) + 1e-6 ? 1 : 0;
  }
  EXPECT_GT(better, 50);
}

// Every left row with every right row, and all prefer the same ones: the optimal choice has to move rows about.
TEST(SelectMatches, CancelledAtAnyPoint_StopsAndEachStageIsShown) {
  std::vector<Match> matches;
  for (std::uint32_t left = 0; left < 100; ++left) {
    for (std::uint32_t right = 0; right < 100; ++right) {
      matches.push_back({.left_row = left, .right_row = right, .score = 60.0 + (right * 13 + left / 50) % 40});
    }
  }
  for (const auto selection : {Selection::kBest, Selection::kGreedy, Selection::kOptimal}) {
    const std::vector<bool> expected = choose_matches(matches, selection, 100, 100);
    std::set<std::string_view> stages;
    int points = 0;
    for (bool was_cancelled = true; was_cancelled; ++points) {
      int calls_left = points;
      const RunWatch watch{[&] { return calls_left-- == 0; },
                           [&](const Progress& progress) { stages.insert(progress.stage); }};
      try {
        EXPECT_EQ(choose_matches(matches, selection, 100, 100, watch), expected);
        was_cancelled = false;
      } catch (const Cancelled&) {
      }
    }
    EXPECT_GE(points, 3) << "does not ask: " << kSelectionNames[static_cast<std::size_t>(selection)];
    EXPECT_TRUE(stages.contains("choose"));
    EXPECT_EQ(stages.contains("sort"), selection == Selection::kGreedy);
  }
}

}  // namespace
