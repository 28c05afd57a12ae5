#include "harness/stats/exact.hpp"

namespace assay::stats {

std::optional<ExactComparison> compare_exact(std::optional<std::uint64_t> baseline,
                                             std::optional<std::uint64_t> candidate) {
  if (!baseline || !candidate) return std::nullopt;
  ExactComparison comparison{.baseline = *baseline, .candidate = *candidate};
  if (*candidate < *baseline) comparison.outcome = ExactOutcome::kFewer;
  if (*candidate > *baseline) comparison.outcome = ExactOutcome::kMore;
  if (*baseline != 0) {
    comparison.ratio = static_cast<double>(*candidate) / static_cast<double>(*baseline);
  } else if (*candidate == 0) {
    comparison.ratio = 1.0;
  }
  return comparison;
}

std::string_view to_string(ExactOutcome outcome) {
  switch (outcome) {
    case ExactOutcome::kFewer:
      return "fewer";
    case ExactOutcome::kMore:
      return "more";
    case ExactOutcome::kEqual:
      break;
  }
  return "equal";
}

}  // namespace assay::stats
