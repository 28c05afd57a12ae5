// The heaviest one-to-one choice: against brute force on small graphs, and fast on long chains.
#include "matcher/resolution/assignment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <random>
#include <string>
#include <vector>

namespace {

using matcher::heaviest_assignment;
using matcher::WeightedEdge;

// The greatest sum over all one-to-one choices of edges from `at` on.
std::int64_t best_sum(const std::vector<WeightedEdge>& edges, std::size_t at, std::uint32_t lefts,
                      std::uint32_t rights) {
  if (at == edges.size()) return 0;
  const std::int64_t without = best_sum(edges, at + 1, lefts, rights);
  const std::uint32_t left = 1U << edges[at].left;
  const std::uint32_t right = 1U << edges[at].right;
  if ((lefts & left) != 0 || (rights & right) != 0) return without;
  return std::max(without, edges[at].weight + best_sum(edges, at + 1, lefts | left, rights | right));
}

// The sum of a choice; fails the test if it is not one to one.
std::int64_t sum_of(const std::vector<WeightedEdge>& edges, const std::vector<bool>& chosen) {
  EXPECT_EQ(chosen.size(), edges.size());
  std::vector<std::uint32_t> lefts;
  std::vector<std::uint32_t> rights;
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (!chosen[i]) continue;
    sum += edges[i].weight;
    lefts.push_back(edges[i].left);
    rights.push_back(edges[i].right);
  }
  for (auto* ends : {&lefts, &rights}) {
    std::sort(ends->begin(), ends->end());
    EXPECT_EQ(std::adjacent_find(ends->begin(), ends->end()), ends->end()) << "a row is taken twice";
  }
  return sum;
}

TEST(HeaviestAssignment, SmallGraphs_HaveTheGreatestSum) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 6000; ++round) {
    const std::uint32_t lefts = 1 + static_cast<std::uint32_t>(random() % 6);
    const std::uint32_t rights = 1 + static_cast<std::uint32_t>(random() % 6);
    const std::uint64_t heaviest = round % 3 == 0 ? 3 : 100'000'000'000;  // many ties, or none
    std::vector<WeightedEdge> edges;
    for (std::uint32_t left = 0; left < lefts; ++left) {
      for (std::uint32_t right = 0; right < rights; ++right) {
        if (random() % 5 < 2) {
          edges.push_back({left, right, 1 + static_cast<std::int64_t>(random() % heaviest)});
        }
      }
    }
    if (round % 2 == 0) std::shuffle(edges.begin(), edges.end(), random);
    const auto chosen = heaviest_assignment(edges);
    ASSERT_EQ(sum_of(edges, chosen), best_sum(edges, 0, 0, 0)) << "round " << round;
    ASSERT_EQ(heaviest_assignment(edges), chosen) << "not deterministic";
  }
}

TEST(HeaviestAssignment, LesserTotalOfTheGreedyChoice_IsNotTaken) {
  const std::vector<WeightedEdge> edges = {{0, 0, 100}, {0, 1, 99}, {1, 0, 99}};
  EXPECT_EQ(heaviest_assignment(edges), (std::vector<bool>{false, true, true}));
}

TEST(HeaviestAssignment, OnePairBetterThanTwo_LeavesOthersAlone) {
  const std::vector<WeightedEdge> edges = {{0, 0, 3}, {1, 0, 10}, {1, 1, 3}};
  EXPECT_EQ(heaviest_assignment(edges), (std::vector<bool>{false, true, false}));
}

TEST(HeaviestAssignment, NoEdges_AreNone) {
  EXPECT_TRUE(heaviest_assignment({}).empty());
}

struct Chain {
  const char* name;
  std::int64_t (*weight)(std::int64_t i, std::mt19937_64& random);
};

class LongChain : public testing::TestWithParam<Chain> {};

// Row i of the left resembles rows i and i + 1 of the right, in all four orders of rows. Without its first or last edge
// each new row can push all before it.
TEST_P(LongChain, HundredThousandEdges_AreQuick) {
  constexpr std::uint32_t kLefts = 50'000;
  std::mt19937_64 random(6);
  std::vector<WeightedEdge> edges;
  for (std::uint32_t left = 0; left < kLefts; ++left) {
    for (const std::uint32_t right : {left, left + 1}) {
      edges.push_back({left, right, GetParam().weight(static_cast<std::int64_t>(edges.size()), random)});
    }
  }
  for (const bool from_second : {false, true}) {
    for (const bool left_turned : {false, true}) {
      for (const bool right_turned : {false, true}) {
        std::vector<WeightedEdge> turned(edges.begin() + (from_second ? 1 : 0), edges.end() - (from_second ? 0 : 1));
        for (WeightedEdge& edge : turned) {
          if (left_turned) edge.left = kLefts - 1 - edge.left;
          if (right_turned) edge.right = kLefts - edge.right;
        }
        const auto start = std::chrono::steady_clock::now();
        const auto chosen = heaviest_assignment(turned);
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
        EXPECT_LT(seconds.count(), 1.0) << from_second << left_turned << right_turned;
        EXPECT_GE(std::count(chosen.begin(), chosen.end(), true), kLefts / 2);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Weights, LongChain,
    testing::Values(Chain{"equal", [](std::int64_t, std::mt19937_64&) { return std::int64_t{100'000'000'000}; }},
                    Chain{"rising", [](std::int64_t i, std::mt19937_64&) { return 90'000'000'000 + i; }},
                    Chain{"falling", [](std::int64_t i, std::mt19937_64&) { return 90'000'000'000 - i; }},
                    Chain{"random",
                          [](std::int64_t, std::mt19937_64& random) {
                            return 60'000'000'000 + static_cast<std::int64_t>(random() % 40'000'000'000);
                          }}),
    [](const auto& chain) { return std::string(chain.param.name); });

}  // namespace
