// Connected components of matches.
#include "matcher/resolution/clusters.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "matcher/resolution/disjoint_sets.hpp"

namespace matcher {
namespace {

std::uint64_t pair_key(std::uint32_t a, std::uint32_t b) {
  return (static_cast<std::uint64_t>(std::min(a, b)) << 32) | std::max(a, b);
}

}  // namespace

Result<Clusters> find_clusters(std::size_t row_count, const EachMatch& matches, const RunWatch& watch) {
  StageWatch stage("cluster", 0, watch);
  DisjointSets sets(row_count);
  auto status = matches([&](const Match& match) {
    stage.tick();
    if (!match.for_review) sets.unite(match.left_row, match.right_row);
  });
  if (!status) return hand_on(status);
  Clusters found;
  found.cluster_of_row.resize(row_count);
  std::size_t roots = 0;
  for (std::uint32_t row = 0; row < row_count; ++row) roots += sets.root(row) == row ? 1U : 0U;
  found.clusters.reserve(roots);  // growing would take three times the memory
  for (std::uint32_t row = 0; row < row_count; ++row) {
    stage.tick();
    const std::uint32_t root = sets.root(row);  // the least row of its set: numbered before all others
    if (root == row) {
      found.cluster_of_row[row] = static_cast<std::uint32_t>(found.clusters.size());
      found.clusters.emplace_back();
    }
    found.cluster_of_row[row] = found.cluster_of_row[root];
    ++found.clusters[found.cluster_of_row[row]].size;
  }
  status = matches([&](const Match& match) {
    stage.tick();
    if (match.for_review) return;
    Clusters::Cluster& cluster = found.clusters[found.cluster_of_row[match.left_row]];
    ++cluster.matches;
    cluster.least_score = std::min(cluster.least_score, match.score);
  });
  if (!status) return hand_on(status);
  return found;
}

Result<std::vector<RowPair>> list_conflicts(const Clusters& clusters, const EachMatch& matches,
                                            std::size_t most_per_cluster, const RunWatch& watch) {
  StageWatch stage("list conflicts", 0, watch);
  std::map<std::uint32_t, std::vector<std::uint32_t>> members;  // by cluster, of those with conflicts
  for (std::uint32_t row = 0; row < clusters.cluster_of_row.size(); ++row) {
    stage.tick();
    const std::uint32_t cluster = clusters.cluster_of_row[row];
    if (clusters.clusters[cluster].conflicts() > 0) members[cluster].push_back(row);
  }
  std::unordered_set<std::uint64_t> accepted;
  auto status = matches([&](const Match& match) {
    stage.tick();
    const bool listed = clusters.clusters[clusters.cluster_of_row[match.left_row]].conflicts() > 0;
    if (listed && !match.for_review) accepted.insert(pair_key(match.left_row, match.right_row));
  });
  if (!status) return hand_on(status);
  std::vector<RowPair> conflicts;
  for (const auto& [cluster, rows] : members) {
    std::size_t left_to_list = most_per_cluster;
    for (std::size_t i = 0; i < rows.size() && left_to_list > 0; ++i) {
      for (std::size_t j = i + 1; j < rows.size() && left_to_list > 0; ++j) {
        stage.tick();
        if (accepted.contains(pair_key(rows[i], rows[j]))) continue;
        conflicts.emplace_back(rows[i], rows[j]);
        --left_to_list;
      }
    }
  }
  return conflicts;
}

Clusters find_clusters(std::size_t row_count, std::span<const Match> matches, const RunWatch& watch) {
  return find_clusters(row_count, each_of(matches), watch).value();  // memory can be read
}

std::vector<RowPair> list_conflicts(const Clusters& clusters, std::span<const Match> matches,
                                    std::size_t most_per_cluster, const RunWatch& watch) {
  return list_conflicts(clusters, each_of(matches), most_per_cluster, watch).value();
}

std::uint64_t bytes_to_list_conflicts(const Clusters& clusters, std::size_t most_per_cluster) {
  constexpr std::uint64_t kSetEntry = 40;      // a node of the set of accepted pairs and its share of the buckets
  constexpr std::uint64_t kClusterEntry = 96;  // a node of the map of members
  std::uint64_t bytes = 0;
  for (const Clusters::Cluster& cluster : clusters.clusters) {
    if (cluster.conflicts() == 0) continue;
    const std::uint64_t listed = std::min<std::uint64_t>(cluster.conflicts(), most_per_cluster);
    bytes += kClusterEntry + cluster.size * sizeof(std::uint32_t) * 2 + cluster.matches * kSetEntry +
             listed * sizeof(RowPair) * 3;
  }
  return bytes;
}

}  // namespace matcher
