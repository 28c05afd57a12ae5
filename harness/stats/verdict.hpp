// From paired log ratios to one word: did the candidate become slower, faster, or neither, by more than the margin?
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "harness/stats/margin.hpp"
#include "harness/stats/tail_ratio.hpp"

namespace assay::stats {

enum class Verdict { kRegressed, kImproved, kEquivalent, kNotSlower, kInconclusive };

enum class VerdictReason {
  kBeyondMargin,       // REGRESSED, IMPROVED: the 99.5 % bound lies beyond the margin
  kInsideMargin,       // EQUIVALENT: the 90 % interval lies inside the margin
  kBelowUpperMargin,   // NOT_SLOWER: the 95 % upper bound lies below the margin
  kSpansMargin,        // INCONCLUSIVE: the bounds leave more than one answer
  kTooFewPairs,        // INCONCLUSIVE: below 8 pairs no 99.5 % bound exists
  kFutile,             // INCONCLUSIVE: no answer was likely within the pairs allowed
  kMarginNotGateable,  // INCONCLUSIVE: the control was too short, or too noisy for this change
  kClocksConflict,     // INCONCLUSIVE: wall and CPU time moved in opposite directions
  kTailConflict,       // INCONCLUSIVE: the undisturbed runs say otherwise than the median
  kFilterConflict,     // INCONCLUSIVE: without the disturbed pairs the change points the other way
  kContaminated,       // INCONCLUSIVE: more than half the pairs were disturbed
};

[[nodiscard]] constexpr bool is_change(Verdict verdict) {
  return verdict == Verdict::kRegressed || verdict == Verdict::kImproved;
}

// Whether the reason is evidence against the measurement itself, whatever its interval says.
[[nodiscard]] constexpr bool is_distrust(VerdictReason reason) {
  return reason == VerdictReason::kClocksConflict || reason == VerdictReason::kTailConflict ||
         reason == VerdictReason::kFilterConflict || reason == VerdictReason::kContaminated;
}

struct VerdictReport {
  Verdict verdict = Verdict::kInconclusive;
  VerdictReason reason = VerdictReason::kTooFewPairs;
  Margin margin;
  std::size_t pairs = 0;
  std::optional<double> minimum_detectable_effect = std::nullopt;  // relative; see paired.hpp
};

// In this order, with t = ln(1 + margin):
//   REGRESSED   99.5 % lower bound of the median log ratio > t
//   IMPROVED    99.5 % upper bound < -t
//   EQUIVALENT  90 % interval inside (-t, t)   (two one-sided tests of 5 %: Schuirmann 1987)
//   NOT_SLOWER  95 % upper bound < t           (non-inferiority: what a gate needs)
//   INCONCLUSIVE otherwise; if the margin is not gateable, also instead of the last two (nothing is shown to be alike
//   by a control that differs from itself), and always if it is not known.
[[nodiscard]] VerdictReport judge(std::span<const double> log_ratios, const Margin& margin);

// The wall verdict, unless CPU time went the other way: one REGRESSED and the other IMPROVED is INCONCLUSIVE. Anything
// milder is no contradiction: added waiting is real although it costs no CPU time.
// REQUIRES: both arms use the same number of threads; a candidate that buys wall time with more threads is no conflict.
[[nodiscard]] VerdictReport combine_clocks(const VerdictReport& wall, const VerdictReport& cpu);

// Wall, CPU and the fast ends together: combine_clocks, then the verdict must not contradict the tail ratio. With
// [low, high] its interval and m the margin of `wall`, a contradiction is
//   REGRESSED and high < 1 / (1 + m), IMPROVED and low > 1 + m           (the other way, by more than the margin)
//   EQUIVALENT and low > 1 + m or high < 1 / (1 + m), NOT_SLOWER and low > 1 + m   (a change where none was seen)
// A tail that merely stays where it was contradicts no change: what slows every second run is real. Without an interval
// nothing is contradicted.
[[nodiscard]] VerdictReport combine(const VerdictReport& wall, const VerdictReport& cpu,
                                    const std::optional<TailRatio>& tail);

[[nodiscard]] std::string_view to_string(Verdict verdict);       // "REGRESSED", ...
[[nodiscard]] std::string_view to_string(VerdictReason reason);  // "beyond_margin", ...

}  // namespace assay::stats
