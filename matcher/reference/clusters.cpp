// Clusters from connected components.
#include "matcher/reference/clusters.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace matcher::reference {
namespace {

Edge edge(const Match& m) {
  return {std::min(m.left_row, m.right_row), std::max(m.left_row, m.right_row)};
}

std::vector<Edge> conflicts(const std::vector<std::size_t>& rows, const std::set<Edge>& accepted) {
  std::vector<Edge> result;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = i + 1; j < rows.size(); ++j) {
      if (!accepted.contains({rows[i], rows[j]})) result.emplace_back(rows[i], rows[j]);
    }
  }
  return result;
}

}  // namespace

std::vector<Cluster> find_clusters(std::span<const Match> matches, std::span<const Match> accepted) {
  std::vector<Edge> edges;
  for (const Match& m : matches) {
    if (m.decision == Decision::kMatch) edges.push_back(edge(m));
  }
  std::set<Edge> accepted_edges;
  for (const Match& m : accepted) accepted_edges.insert(edge(m));

  std::map<std::size_t, std::vector<std::size_t>> rows_of;
  for (const auto& [row, least] : least_reachable_nodes(edges)) rows_of[least].push_back(row);
  std::vector<Cluster> clusters;
  for (const auto& [number, rows] : rows_of) clusters.push_back({number, rows, conflicts(rows, accepted_edges)});
  return clusters;
}

}  // namespace matcher::reference
