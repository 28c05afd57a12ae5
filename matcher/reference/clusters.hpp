// Clusters of one table: rows that matches connect, and the pairs in them that do not match.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "matcher/reference/components.hpp"
#include "matcher/reference/match.hpp"

namespace matcher::reference {

struct Cluster {
  std::size_t number = 0;         // the least of its rows
  std::vector<std::size_t> rows;  // ascending, at least two
  std::vector<Edge> conflicts;    // pairs of its rows, lesser row first, ascending, that are not accepted
};

// The connected components of the pairs of matches that are decided kMatch, in order of their numbers. A pair of rows
// is accepted if it is in `accepted`, whatever the decision and the order of its rows.
[[nodiscard]] std::vector<Cluster> find_clusters(std::span<const Match> matches, std::span<const Match> accepted);

}  // namespace matcher::reference
