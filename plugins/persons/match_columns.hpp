// The result columns of workload persons.match.
#pragma once

#include <cstdint>
#include <vector>

#include "matcher/engine/match.hpp"
#include "plugins/sdk/plugin.hpp"

namespace assay::persons {

// The result columns of workloads/persons_match.json.
class MatchColumns {
 public:
  void clear() noexcept { *this = {}; }
  void push_back(const matcher::Match& match, const matcher::PersonsView& left, const matcher::PersonsView& right) {
    left_id_.push_back(left.id[match.left_row]);
    right_id_.push_back(right.id[match.right_row]);
    rule_.push_back(static_cast<std::uint32_t>(match.rule));
    distance_.push_back(match.parts.distance);
    matches_.push_back(match.parts.matches);
    half_transpositions_.push_back(match.parts.half_transpositions);
    prefix_.push_back(match.parts.prefix);
    phonetic_equal_.push_back(match.phonetic_equal);
  }
  void show(sdk::ResultTable& table) const {
    table.start("matches", left_id_.size());
    table.add("left_id", left_id_);
    table.add("right_id", right_id_);
    table.add("rule", rule_);
    table.add("distance", distance_);
    table.add("matches", matches_);
    table.add("half_transpositions", half_transpositions_);
    table.add("prefix", prefix_);
    table.add("phonetic_equal", phonetic_equal_);
  }

 private:
  std::vector<std::int64_t> left_id_, right_id_;
  std::vector<std::uint32_t> rule_, distance_, matches_, half_transpositions_, prefix_, phonetic_equal_;
};

}  // namespace assay::persons
