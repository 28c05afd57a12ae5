// Clusters of one table's rows: who is the same person as whom, taken transitively.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "matcher/engine/match.hpp"
#include "matcher/engine/match_list.hpp"
#include "matcher/model/error.hpp"
#include "matcher/parallel/stage_watch.hpp"

namespace matcher {

struct Clusters {
  // By row: its cluster's number from 0 on, in order of the clusters' least rows. Rows without a match have a cluster
  // of their own.
  std::vector<std::uint32_t> cluster_of_row;
  struct Cluster {
    std::uint32_t size = 0;
    std::uint64_t matches = 0;  // accepted pairs of members
    double least_score = 100.0;
    // Pairs of members that the algorithm does not accept although others chain them together.
    [[nodiscard]] std::uint64_t conflicts() const { return std::uint64_t{size} * (size - 1) / 2 - matches; }
  };
  std::vector<Cluster> clusters;
};

// Connected components of the matches (not of pairs for review) of one table with itself. O(rows + matches). Throws
// Cancelled. Errors: those of the list.
[[nodiscard]] Result<Clusters> find_clusters(std::size_t row_count, const EachMatch& matches,
                                             const RunWatch& watch = {});
// The same of matches in memory.
[[nodiscard]] Clusters find_clusters(std::size_t row_count, std::span<const Match> matches, const RunWatch& watch = {});

// The conflicts as pairs of rows i < j, by cluster, then by rows, at most so many per cluster. O(matches + rows + pairs
// looked at); a cluster's pairs are looked at until enough are found. Throws Cancelled. Errors: those of the list.
using RowPair = std::pair<std::uint32_t, std::uint32_t>;
[[nodiscard]] Result<std::vector<RowPair>> list_conflicts(const Clusters& clusters, const EachMatch& matches,
                                                          std::size_t most_per_cluster, const RunWatch& watch = {});
[[nodiscard]] std::vector<RowPair> list_conflicts(const Clusters& clusters, std::span<const Match> matches,
                                                  std::size_t most_per_cluster, const RunWatch& watch = {});

// About how many bytes list_conflicts takes.
[[nodiscard]] std::uint64_t bytes_to_list_conflicts(const Clusters& clusters, std::size_t most_per_cluster);

}  // namespace matcher
