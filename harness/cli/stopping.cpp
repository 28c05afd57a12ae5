#include "harness/cli/stopping.hpp"

namespace assay::cli {
namespace {

using stats::SequentialDecision;

stats::SequentialPlan plan_for(std::size_t most_pairs) {
  return stats::SequentialPlan({.margin = stats::kMarginFloor, .cap = most_pairs, .stop_when_not_slower = false});
}

}  // namespace

bool may_stop(std::span<const double> pairs, std::span<const double> control, std::size_t most_pairs) {
  const stats::Margin margin = stats::margin_from_control(control);
  return margin.known() && plan_for(most_pairs).decide(pairs, margin.value) != SequentialDecision::kContinue;
}

stats::VerdictReport judge_case(std::span<const double> pairs, const stats::Margin& margin,
                                std::optional<std::size_t> most_pairs) {
  if (!most_pairs) return stats::judge(pairs, margin);
  const SequentialDecision decision = plan_for(*most_pairs).decide(pairs, margin.value);
  return stats::judge_at_stop(pairs, margin,
                              decision == SequentialDecision::kContinue ? SequentialDecision::kCapReached : decision);
}

}  // namespace assay::cli
