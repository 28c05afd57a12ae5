// Connected components by handing the least node along the edges until nothing changes.
#include "matcher/reference/components.hpp"

#include <algorithm>

namespace matcher::reference {

std::map<std::size_t, std::size_t> least_reachable_nodes(const std::vector<Edge>& edges) {
  std::map<std::size_t, std::size_t> least;
  for (const auto& [a, b] : edges) {
    least[a] = a;
    least[b] = b;
  }
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (const auto& [a, b] : edges) {
      if (least[a] == least[b]) continue;
      least[a] = least[b] = std::min(least[a], least[b]);
      has_changed = true;
    }
  }
  return least;
}

}  // namespace matcher::reference
