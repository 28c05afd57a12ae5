#include "harness/stats/confirmation.hpp"

#include <cstddef>

#include "harness/stats/quantile.hpp"
#include "harness/stats/sign_interval.hpp"

namespace assay::stats {
namespace {

constexpr double kConfirmationConfidence = 0.975;

}  // namespace

Confirmation confirm_regression(std::span<const std::vector<double>> log_ratios_by_launch) {
  std::vector<double> all;
  std::size_t launches = 0;
  std::size_t slower = 0;
  for (const std::vector<double>& launch : log_ratios_by_launch) {
    all.insert(all.end(), launch.begin(), launch.end());
    const std::optional<double> center = median(launch);
    launches += center ? 1 : 0;
    slower += center && *center > 0.0 ? 1 : 0;
  }
  if (launches < 2) return Confirmation::kTooFewLaunches;
  const std::optional<Bound> bound = median_lower_bound(all, kConfirmationConfidence);
  if (!bound) return Confirmation::kTooFewPairs;
  if (!(bound->value > 0.0)) return Confirmation::kBoundNotAboveZero;
  return 3 * slower >= 2 * launches ? Confirmation::kConfirmed : Confirmation::kLaunchesDisagree;
}

std::string_view to_string(Confirmation confirmation) {
  switch (confirmation) {
    case Confirmation::kConfirmed:
      return "confirmed";
    case Confirmation::kBoundNotAboveZero:
      return "bound_not_above_zero";
    case Confirmation::kLaunchesDisagree:
      return "launches_disagree";
    case Confirmation::kTooFewPairs:
      return "too_few_pairs";
    case Confirmation::kTooFewLaunches:
      break;
  }
  return "too_few_launches";
}

}  // namespace assay::stats
