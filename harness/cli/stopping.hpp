// When a case may end before its budget is spent, and the verdict on pairs that were looked at on the way.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "harness/stats/sequential.hpp"

namespace assay::cli {

// Asked after each block. The margin is what the control has shown so far, never below the floor. NOT_SLOWER ends
// nothing: whoever compares wants to know of an improvement too. most_pairs: what the case may take. O(n log n).
[[nodiscard]] bool may_stop(std::span<const double> pairs, std::span<const double> control, std::size_t most_pairs);

// judge(), or judge_at_stop() for a case that could end at any look up to most_pairs. All time metrics of a case are
// looked at when the headline is, so the error probabilities hold for each of them.
[[nodiscard]] stats::VerdictReport judge_case(std::span<const double> pairs, const stats::Margin& margin,
                                              std::optional<std::size_t> most_pairs);

}  // namespace assay::cli
