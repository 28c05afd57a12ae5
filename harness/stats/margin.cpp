#include "harness/stats/margin.hpp"

#include <algorithm>
#include <cmath>

#include "harness/stats/sign_interval.hpp"

namespace assay::stats {

Margin margin_from_control(std::span<const double> control_log_ratios, double floor) {
  const std::optional<Interval> interval = median_interval(control_log_ratios, 0.95);
  if (!interval) return {};
  const double farthest = std::expm1(std::max(std::abs(interval->low), std::abs(interval->high)));
  if (farthest > kMarginCap) return {farthest, MarginSource::kControlTooNoisy, farthest};
  if (farthest > floor) return {farthest, MarginSource::kControl, farthest};
  return {floor, MarginSource::kFloor, farthest};
}

std::string_view to_string(MarginSource source) {
  switch (source) {
    case MarginSource::kFloor:
      return "floor";
    case MarginSource::kControl:
      return "control";
    case MarginSource::kControlTooNoisy:
      return "control_too_noisy";
    case MarginSource::kControlTooShort:
      break;
  }
  return "control_too_short";
}

}  // namespace assay::stats
