// Pairs that the machine disturbed: marked by evidence, never by their times, and the same way in both arms.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "harness/stats/verdict.hpp"

namespace assay::stats {

// What disturbed one sample; null where the machine does not say, which counts as nothing seen.
struct NoiseEvidence {
  std::int64_t duration_ns = 0;  // wall time of the sample; 0: not known, the strictest limits hold
  std::optional<std::int64_t> run_queue_wait_ns = std::nullopt;
  std::optional<std::int64_t> steal_ticks = std::nullopt;
  std::int64_t involuntary_switches = 0;
  std::int64_t major_faults = 0;
};

// Run-queue wait of more than 0.1 ms, or 1 % of a sample longer than 10 ms; an involuntary switch, or more than one in
// 50 ms; any steal tick; any major fault. Long samples get limits in proportion: a tenth of a millisecond in a second
// disturbs nothing, and a filter that marks every pair says nothing.
[[nodiscard]] bool is_disturbed(const NoiseEvidence& sample);

// The log ratios of pairs neither of whose samples was disturbed, in order. REQUIRES: three equal lengths.
[[nodiscard]] std::vector<double> undisturbed_pairs(std::span<const double> log_ratios,
                                                    std::span<const NoiseEvidence> baseline,
                                                    std::span<const NoiseEvidence> candidate);

enum class FilterOutcome {
  kAgrees,         // at least half the pairs are kept, and their median points where that of all pairs does
  kTooFewKept,     // a contaminated run: fewer than half
  kOtherDirection  // without the disturbed pairs the median changes sign
};

// A median of exactly 0 points in no direction and agrees with both. kTooFewKept without pairs. O(n).
[[nodiscard]] FilterOutcome check_filter(std::span<const double> log_ratios, std::span<const double> kept);

// The verdict on all pairs, unless the filter contradicts it: too few kept is INCONCLUSIVE whatever was seen, another
// direction only where a change was seen (two medians inside the margin may well differ in sign).
[[nodiscard]] VerdictReport combine_filter(const VerdictReport& verdict, FilterOutcome outcome);

[[nodiscard]] std::string_view to_string(FilterOutcome outcome);  // "agrees", "too_few_kept", "other_direction"

}  // namespace assay::stats
