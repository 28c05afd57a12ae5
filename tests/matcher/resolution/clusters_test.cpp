// Clusters of one table, their conflicts, and the sets below.
#include "matcher/resolution/clusters.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <vector>

#include "matcher/resolution/disjoint_sets.hpp"

namespace {

using namespace matcher;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

Match pair(std::uint32_t left, std::uint32_t right, double score = 100.0, bool for_review = false) {
  return {.left_row = left, .right_row = right, .for_review = for_review, .score = score};
}

TEST(FindClusters, Numbers_FollowTheLeastRows) {
  const std::vector<Match> matches = {pair(4, 5), pair(1, 3), pair(0, 5)};
  const Clusters clusters = find_clusters(7, matches);
  EXPECT_THAT(clusters.cluster_of_row, ElementsAre(0, 1, 2, 1, 0, 0, 3));
  ASSERT_EQ(clusters.clusters.size(), 4U);
  EXPECT_EQ(clusters.clusters[0].size, 3U);
  EXPECT_EQ(clusters.clusters[1].size, 2U);
  EXPECT_EQ(clusters.clusters[2].size, 1U);
}

TEST(FindClusters, ReviewPairs_HoldNothingTogether) {
  const std::vector<Match> matches = {pair(0, 1), pair(1, 2, 90.0, true)};
  const Clusters clusters = find_clusters(3, matches);
  EXPECT_THAT(clusters.cluster_of_row, ElementsAre(0, 0, 1));
  EXPECT_EQ(clusters.clusters[0].matches, 1U);
}

TEST(FindClusters, ChainOfThree_HasOneConflictAndItsLeastScore) {
  const std::vector<Match> matches = {pair(0, 1, 96.0), pair(1, 2, 97.0)};
  const Clusters clusters = find_clusters(3, matches);
  EXPECT_EQ(clusters.clusters[0].matches, 2U);
  EXPECT_EQ(clusters.clusters[0].conflicts(), 1U);
  EXPECT_EQ(clusters.clusters[0].least_score, 96.0);
  EXPECT_THAT(list_conflicts(clusters, matches, 10), ElementsAre(Pair(0, 2)));
}

TEST(FindClusters, ReviewPairInACluster_IsAConflict) {
  const std::vector<Match> matches = {pair(0, 1), pair(0, 2, 90.0, true), pair(1, 2)};
  EXPECT_THAT(list_conflicts(find_clusters(3, matches), matches, 10), ElementsAre(Pair(0, 2)));
}

TEST(FindClusters, CompleteCluster_HasNone) {
  const std::vector<Match> matches = {pair(0, 1), pair(0, 2), pair(1, 2)};
  const Clusters clusters = find_clusters(4, matches);
  EXPECT_EQ(clusters.clusters[0].conflicts(), 0U);
  EXPECT_EQ(clusters.clusters[1].conflicts(), 0U);
  EXPECT_THAT(list_conflicts(clusters, matches, 10), IsEmpty());
}

TEST(ListConflicts, Cap_HoldsForEachClusterAlone) {
  std::vector<Match> matches;
  for (std::uint32_t i = 0; i + 1 < 10; ++i) {
    matches.push_back(pair(i, i + 1));
    matches.push_back(pair(10 + i, 11 + i));
  }
  const Clusters clusters = find_clusters(20, matches);
  EXPECT_EQ(clusters.clusters[0].conflicts(), 36U);
  EXPECT_EQ(list_conflicts(clusters, matches, 1000).size(), 72U);
  EXPECT_THAT(list_conflicts(clusters, matches, 2), ElementsAre(Pair(0, 2), Pair(0, 3), Pair(10, 12), Pair(10, 13)));
  EXPECT_THAT(list_conflicts(clusters, matches, 0), IsEmpty());
}

// Against the plainest way: spread the least row until nothing changes.
TEST(FindClusters, RandomPairs_AreTheirComponents) {
  std::mt19937_64 random(9);
  for (int round = 0; round < 200; ++round) {
    const std::uint32_t rows = 1 + static_cast<std::uint32_t>(random() % 30);
    std::vector<Match> matches;
    for (std::uint64_t i = random() % 25; i > 0 && rows > 1; --i) {
      const std::uint32_t a = static_cast<std::uint32_t>(random() % rows);
      const std::uint32_t b = static_cast<std::uint32_t>(random() % rows);
      if (a < b) matches.push_back(pair(a, b));
    }
    std::vector<std::uint32_t> least(rows);
    for (std::uint32_t row = 0; row < rows; ++row) least[row] = row;
    for (std::uint32_t pass = 0; pass < rows; ++pass) {
      for (const Match& m : matches) {
        least[m.left_row] = least[m.right_row] = std::min(least[m.left_row], least[m.right_row]);
      }
    }
    const Clusters clusters = find_clusters(rows, matches);
    for (std::uint32_t a = 0; a < rows; ++a) {
      for (std::uint32_t b = 0; b < rows; ++b) {
        ASSERT_EQ(clusters.cluster_of_row[a] == clusters.cluster_of_row[b], least[a] == least[b]);
      }
    }
    std::vector<bool> seen;
    for (const std::uint32_t number : clusters.cluster_of_row) {
      ASSERT_LE(number, seen.size()) << "numbers rise by one";
      if (number == seen.size()) seen.push_back(true);
    }
  }
}

TEST(DisjointSets, LongChains_KeepTheLeastMemberAsRoot) {
  constexpr std::uint32_t kMembers = 1'000'000;
  for (const bool rising : {true, false}) {
    DisjointSets sets(kMembers);
    for (std::uint32_t i = 0; i + 1 < kMembers; ++i) {
      const std::uint32_t at = rising ? i : kMembers - 2 - i;
      sets.unite(at + 1, at);
    }
    for (std::uint32_t i = 0; i < kMembers; ++i) ASSERT_EQ(sets.root(i), 0U);
  }
}

}  // namespace
