// The result columns of workload names.score.
#pragma once

#include <cstdint>
#include <vector>

#include "matcher/similarity/score_parts.hpp"
#include "plugins/sdk/plugin.hpp"

namespace assay::names {

class ScoreColumns {
 public:
  void clear() noexcept { *this = {}; }
  void push_back(std::int64_t left, std::int64_t right, const matcher::ScoreParts& parts) {
    left_id_.push_back(left);
    right_id_.push_back(right);
    distance_.push_back(parts.distance);
    matches_.push_back(parts.matches);
    half_transpositions_.push_back(parts.half_transpositions);
    prefix_.push_back(parts.prefix);
  }
  // REQUIRES: this outlives the table's view.
  void show(sdk::ResultTable& table) const {
    table.start("scores", left_id_.size());
    table.add("left_id", left_id_);
    table.add("right_id", right_id_);
    table.add("distance", distance_);
    table.add("matches", matches_);
    table.add("half_transpositions", half_transpositions_);
    table.add("prefix", prefix_);
  }

 private:
  std::vector<std::int64_t> left_id_, right_id_;
  std::vector<std::uint32_t> distance_, matches_, half_transpositions_, prefix_;
};

}  // namespace assay::names
