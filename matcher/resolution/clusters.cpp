// Connected components of matches.
#include "matcher/resolution/clusters.hpp"

#include <algorithm>
#include <unordered_set>

#include "matcher/resolution/disjoint_sets.hpp"

namespace matcher {
namespace {

std::uint64_t pair_key(std::uint32_t a, std::uint32_t b) {
  return (static_cast<std::uint64_t>(std::min(a, b)) << 32) | std::max(a, b);
}

}  // namespace

Clusters find_clusters(std::size_t row_count, std::span<const Match> matches) {
  DisjointSets sets(row_count);
  for (const Match& match : matches) {
    if (!match.for_review) sets.unite(match.left_row, match.right_row);
  }
  Clusters found;
  found.cluster_of_row.resize(row_count);
  for (std::uint32_t row = 0; row < row_count; ++row) {
    const std::uint32_t root = sets.root(row);  // the least row of its set: numbered before all others
    if (root == row) {
      found.cluster_of_row[row] = static_cast<std::uint32_t>(found.clusters.size());
      found.clusters.emplace_back();
    }
    found.cluster_of_row[row] = found.cluster_of_row[root];
    ++found.clusters[found.cluster_of_row[row]].size;
  }
  for (const Match& match : matches) {
    if (match.for_review) continue;
    Clusters::Cluster& cluster = found.clusters[found.cluster_of_row[match.left_row]];
    ++cluster.matches;
    cluster.least_score = std::min(cluster.least_score, match.score);
  }
  return found;
}

std::vector<RowPair> list_conflicts(const Clusters& clusters, std::span<const Match> matches,
                                    std::size_t most_per_cluster) {
  std::vector<std::vector<std::uint32_t>> members(clusters.clusters.size());
  for (std::uint32_t row = 0; row < clusters.cluster_of_row.size(); ++row) {
    const std::uint32_t cluster = clusters.cluster_of_row[row];
    if (clusters.clusters[cluster].conflicts() > 0) members[cluster].push_back(row);
  }
  std::unordered_set<std::uint64_t> accepted;
  for (const Match& match : matches) {
    const bool listed = !members[clusters.cluster_of_row[match.left_row]].empty();
    if (listed && !match.for_review) accepted.insert(pair_key(match.left_row, match.right_row));
  }
  std::vector<RowPair> conflicts;
  for (const auto& rows : members) {
    std::size_t left_to_list = most_per_cluster;
    for (std::size_t i = 0; i < rows.size() && left_to_list > 0; ++i) {
      for (std::size_t j = i + 1; j < rows.size() && left_to_list > 0; ++j) {
        if (accepted.contains(pair_key(rows[i], rows[j]))) continue;
        conflicts.emplace_back(rows[i], rows[j]);
        --left_to_list;
      }
    }
  }
  return conflicts;
}

}  // namespace matcher
