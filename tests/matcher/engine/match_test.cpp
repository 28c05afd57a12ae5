// The order of results.
#include "matcher/engine/match.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace {

using matcher::Match;
using matcher::PersonsView;

TEST(SortedMatches, TiedIds_FallBackToRowOrder) {
  const std::int64_t left_ids[] = {5, -1, 5};
  const std::int64_t right_ids[] = {7, 7, 2};
  const PersonsView left{3, left_ids, {}, {}, {}, {}, {}, {}};
  const PersonsView right{3, right_ids, {}, {}, {}, {}, {}, {}};
  std::vector<Match> matches;
  for (const auto& [l, r] : {std::pair(2U, 1U), std::pair(2U, 0U), std::pair(0U, 1U), std::pair(0U, 0U),
                             std::pair(2U, 2U), std::pair(0U, 2U), std::pair(1U, 0U)}) {
    matches.push_back({.left_row = l, .right_row = r, .parts = {}});
  }
  matches = sorted_matches({matches}, left, right);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> rows;
  for (const Match& match : matches) rows.emplace_back(match.left_row, match.right_row);
  EXPECT_EQ(rows, (std::vector<std::pair<std::uint32_t, std::uint32_t>>{
                      {1, 0}, {0, 2}, {2, 2}, {0, 0}, {0, 1}, {2, 0}, {2, 1}}));
}

}  // namespace
