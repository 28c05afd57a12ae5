#include "harness/stats/pair_filter.hpp"

#include <algorithm>
#include <cassert>

#include "harness/stats/quantile.hpp"

namespace assay::stats {
namespace {

// The wait at which dropping pairs cut the error of the median under bursts to a quarter and kept 59 % of them.
constexpr std::int64_t kMostWaitNs = 100'000;
constexpr std::int64_t kWaitPerDuration = 100;  // 1 %
constexpr std::int64_t kDurationPerSwitchNs = 50'000'000;

}  // namespace

bool is_disturbed(const NoiseEvidence& sample) {
  const std::int64_t most_wait = std::max(kMostWaitNs, sample.duration_ns / kWaitPerDuration);
  return sample.run_queue_wait_ns.value_or(0) > most_wait || sample.steal_ticks.value_or(0) > 0 ||
         sample.involuntary_switches > sample.duration_ns / kDurationPerSwitchNs || sample.major_faults > 0;
}

std::vector<double> undisturbed_pairs(std::span<const double> log_ratios, std::span<const NoiseEvidence> baseline,
                                      std::span<const NoiseEvidence> candidate) {
  assert(log_ratios.size() == baseline.size() && log_ratios.size() == candidate.size());
  std::vector<double> kept;
  for (std::size_t i = 0; i < log_ratios.size(); ++i) {
    if (!is_disturbed(baseline[i]) && !is_disturbed(candidate[i])) kept.push_back(log_ratios[i]);
  }
  return kept;
}

FilterOutcome check_filter(std::span<const double> log_ratios, std::span<const double> kept) {
  const std::optional<double> of_all = median(log_ratios);
  const std::optional<double> of_kept = median(kept);
  if (!of_all || !of_kept || 2 * kept.size() < log_ratios.size()) return FilterOutcome::kTooFewKept;
  const bool opposite = (*of_all < 0.0 && *of_kept > 0.0) || (*of_all > 0.0 && *of_kept < 0.0);
  return opposite ? FilterOutcome::kOtherDirection : FilterOutcome::kAgrees;
}

VerdictReport combine_filter(const VerdictReport& verdict, FilterOutcome outcome) {
  VerdictReport combined = verdict;
  if (outcome == FilterOutcome::kTooFewKept) {
    combined.verdict = Verdict::kInconclusive;
    combined.reason = VerdictReason::kContaminated;
  } else if (outcome == FilterOutcome::kOtherDirection && is_change(verdict.verdict)) {
    combined.verdict = Verdict::kInconclusive;
    combined.reason = VerdictReason::kFilterConflict;
  }
  return combined;
}

std::string_view to_string(FilterOutcome outcome) {
  switch (outcome) {
    case FilterOutcome::kAgrees:
      return "agrees";
    case FilterOutcome::kTooFewKept:
      return "too_few_kept";
    case FilterOutcome::kOtherDirection:
      break;
  }
  return "other_direction";
}

}  // namespace assay::stats
