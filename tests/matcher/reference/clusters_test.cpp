// Clusters: components, their numbers, conflicts.
#include "matcher/reference/clusters.hpp"

#include <gtest/gtest.h>

namespace {

using namespace matcher::reference;

Match pair_of(std::size_t left_row, std::size_t right_row, Decision decision = Decision::kMatch) {
  return {.left_row = left_row, .right_row = right_row, .decision = decision};
}

using Rows = std::vector<std::size_t>;

TEST(Clusters, ConnectedRows_AreOne) {
  const std::vector<Match> matches = {pair_of(4, 7), pair_of(1, 9), pair_of(7, 8), pair_of(5, 8)};
  const std::vector<Cluster> clusters = find_clusters(matches, matches);
  ASSERT_EQ(clusters.size(), 2U);
  EXPECT_EQ(clusters[0].number, 1U);
  EXPECT_EQ(clusters[0].rows, (Rows{1, 9}));
  EXPECT_EQ(clusters[1].number, 4U);
  EXPECT_EQ(clusters[1].rows, (Rows{4, 5, 7, 8}));
}

TEST(Clusters, MembersThatDoNotMatch_AreInConflict) {
  const std::vector<Match> matches = {pair_of(0, 1), pair_of(1, 2), pair_of(5, 6)};
  const std::vector<Cluster> clusters = find_clusters(matches, matches);
  ASSERT_EQ(clusters.size(), 2U);
  EXPECT_EQ(clusters[0].conflicts, (std::vector<Edge>{{0, 2}}));
  EXPECT_TRUE(clusters[1].conflicts.empty());
}

TEST(Clusters, PairsForReview_ConnectNothingButMayBeAccepted) {
  const std::vector<Match> matches = {pair_of(0, 1), pair_of(1, 2), pair_of(0, 2, Decision::kReview),
                                      pair_of(2, 3, Decision::kReview)};
  const std::vector<Cluster> clusters = find_clusters(matches, matches);
  ASSERT_EQ(clusters.size(), 1U);
  EXPECT_EQ(clusters[0].rows, (Rows{0, 1, 2}));
  EXPECT_TRUE(clusters[0].conflicts.empty());
  const std::vector<Match> without_review = {pair_of(0, 1), pair_of(1, 2)};
  EXPECT_EQ(find_clusters(matches, without_review)[0].conflicts, (std::vector<Edge>{{0, 2}}));
}

TEST(Clusters, LongChain_IsOneCluster) {
  std::vector<Match> chain;
  for (std::size_t row = 20; row > 0; --row) chain.push_back(pair_of(row - 1, row));
  const std::vector<Cluster> clusters = find_clusters(chain, chain);
  ASSERT_EQ(clusters.size(), 1U);
  EXPECT_EQ(clusters[0].rows.size(), 21U);
  EXPECT_EQ(clusters[0].conflicts.size(), 21U * 20U / 2U - 20U);
}

TEST(Clusters, NoMatches_HaveNone) {
  EXPECT_TRUE(find_clusters({}, {}).empty());
}

}  // namespace
