// The one-to-one choice of edges with the greatest sum of weights.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/parallel/stage_watch.hpp"

namespace matcher {

struct WeightedEdge {
  std::uint32_t left = 0;  // numbers from 0 on, few or none left out
  std::uint32_t right = 0;
  std::int64_t weight = 0;  // > 0
};

// For each edge whether it is chosen: no two chosen edges share an end, and the sum of weights is the greatest
// possible. Which of several best choices is taken depends on the numbers and the order of edges alone. REQUIRES: sums
// of weights fit 62 bits. Time O(left x edges x log edges), far less where the graph is sparse. Throws
// Cancelled.
[[nodiscard]] std::vector<bool> heaviest_assignment(std::span<const WeightedEdge> edges, const RunWatch& watch = {});

}  // namespace matcher
