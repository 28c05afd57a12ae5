// Connected components of a graph.
#pragma once

#include <cstddef>
#include <map>
#include <utility>
#include <vector>

namespace matcher::reference {

using Edge = std::pair<std::size_t, std::size_t>;

// For each node of an edge the least node that can be reached from it: two nodes are connected if theirs are equal.
[[nodiscard]] std::map<std::size_t, std::size_t> least_reachable_nodes(const std::vector<Edge>& edges);

}  // namespace matcher::reference
