// Draws an index with a probability proportional to its integer weight.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "datasets/generate/draws.hpp"

namespace assay::datasets {

// Cumulative table and binary search: exact integers, O(log n) a draw.
class WeightedIndex {
 public:
  WeightedIndex() = default;
  explicit WeightedIndex(std::vector<std::uint64_t> weights) : cumulative_(std::move(weights)) {
    std::uint64_t sum = 0;
    for (std::uint64_t& weight : cumulative_) weight = sum += weight;
  }

  // REQUIRES: at least one weight above 0.
  [[nodiscard]] std::size_t draw(Draws& draws) const {
    const std::uint64_t at = draws.below_wide(cumulative_.back());
    return static_cast<std::size_t>(std::upper_bound(cumulative_.begin(), cumulative_.end(), at) - cumulative_.begin());
  }

  [[nodiscard]] std::size_t size() const { return cumulative_.size(); }

 private:
  std::vector<std::uint64_t> cumulative_;
};

}  // namespace assay::datasets
