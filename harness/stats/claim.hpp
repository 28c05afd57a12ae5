// What was claimed beside what was measured: one verdict on the claim.
#pragma once

#include <optional>
#include <string_view>

#include "harness/stats/exact.hpp"
#include "harness/stats/paired.hpp"
#include "harness/stats/verdict.hpp"

namespace assay::stats {

enum class ClaimKind {
  kFigures,    // "15-25 % faster"
  kDirection,  // "it gets better", no figure
  kNeutral,    // "it makes no difference"
};

// An effect as candidate / baseline of a metric where less is better; a claim about a rate is inverted by its author.
// "15-25 % faster" in the sense of 15-25 % less time: ratio_high 0.85, ratio_low 0.75. "2-3x": 1/2 and 1/3.
struct Claim {
  ClaimKind kind = ClaimKind::kDirection;
  std::optional<double> ratio_low = std::nullopt;   // greatest effect claimed; null: open ("at least")
  std::optional<double> ratio_high = std::nullopt;  // least effect claimed, in (0, 1); kFigures only
};

enum class ClaimVerdict {
  kConfirmed,
  kOverstated,   // less than claimed; the reason says whether there is a gain at all
  kUnderstated,  // a gain, and more than claimed
  kRefuted,      // no gain worth the margin
  kReversed,     // it got worse
  kInconclusive,
  kUntestable,     // set by the caller: no variant, no device, no database
  kNotEquivalent,  // set by the caller: the answers differ, so no time counts
};

enum class ClaimReason {
  kInsideClaim,
  kBeyondClaim,
  kShortOfClaim,  // a gain, but less than claimed
  kGainNotShown,  // less than claimed; whether it is any gain stays open
  kNoGain,
  kWorse,
  kIntervalSpansClaim,  // the interval leaves more than one answer
  kClaimInsideMargin,   // the least effect claimed is smaller than the smallest change that counts here
  kNoInterval,          // too few pairs for a 95 % interval
  kNoVerdict,           // the underlying verdict is inconclusive, or allows both
  kNotAGain,  // figures that do not describe a gain (ratio_high missing or not in (0, 1), or ratio_low above it)
};

struct ClaimJudgement {
  ClaimVerdict verdict = ClaimVerdict::kInconclusive;
  ClaimReason reason = ClaimReason::kNoVerdict;
};

// Figures, with [low, high] the 95 % interval of the measured ratio and m the margin, in this order:
//   low > 1 + m               REVERSED
//   low > 1 / (1 + m)         REFUTED (INCONCLUSIVE if the claim itself asks for less than the margin)
//   low > ratio_high          OVERSTATED (a gain is shown if also high < 1 / (1 + m))
//   high > ratio_high         INCONCLUSIVE
//   high >= 1 / (1 + m)       INCONCLUSIVE (the claim asks for less than the margin; equal code could show as much)
//   high < ratio_low          UNDERSTATED
//   otherwise                 CONFIRMED
// INCONCLUSIVE too whenever the clocks, the tail or the filter contradict the measurement (is_distrust), or the margin
// is not gateable and the change does not exceed it. Direction: IMPROVED confirms, EQUIVALENT refutes, REGRESSED
// reverses. Neutral: EQUIVALENT confirms, IMPROVED means understated, REGRESSED reverses. NOT_SLOWER and INCONCLUSIVE
// decide neither.
[[nodiscard]] ClaimJudgement judge_claim(const Claim& claim, const PairedComparison& measured,
                                         const VerdictReport& verdict);

// The same without noise: an interval of one point, and a margin of 2 % (a thousandth fewer is not the gain that was
// claimed), or 0 where the claim itself asks for less.
[[nodiscard]] ClaimJudgement judge_claim(const Claim& claim, const ExactComparison& measured);

[[nodiscard]] std::string_view to_string(ClaimVerdict verdict);  // "CONFIRMED", ...
[[nodiscard]] std::string_view to_string(ClaimReason reason);    // "inside_claim", ...

}  // namespace assay::stats
