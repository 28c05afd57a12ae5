#include "harness/stats/claim.hpp"

namespace assay::stats {
namespace {

bool describes_gain(const Claim& claim) {
  if (!claim.ratio_high || !(*claim.ratio_high > 0.0 && *claim.ratio_high < 1.0)) return false;
  return !claim.ratio_low || (*claim.ratio_low >= 0.0 && *claim.ratio_low <= *claim.ratio_high);
}

// How does what was measured stand to the claimed range? worth: the largest ratio that counts as a gain; low lies below
// it. REQUIRES: describes_gain(claim).
ClaimJudgement place_gain(const Claim& claim, double low, double high, double worth) {
  if (low > *claim.ratio_high) {
    return {ClaimVerdict::kOverstated, high < worth ? ClaimReason::kShortOfClaim : ClaimReason::kGainNotShown};
  }
  if (high > *claim.ratio_high) return {ClaimVerdict::kInconclusive, ClaimReason::kIntervalSpansClaim};
  // Equal code could have shown as much.
  if (high >= worth) return {ClaimVerdict::kInconclusive, ClaimReason::kClaimInsideMargin};
  if (claim.ratio_low && high < *claim.ratio_low) return {ClaimVerdict::kUnderstated, ClaimReason::kBeyondClaim};
  return {ClaimVerdict::kConfirmed, ClaimReason::kInsideClaim};
}

ClaimJudgement judge_figures(const Claim& claim, const PairedComparison& measured, const VerdictReport& verdict) {
  if (!describes_gain(claim)) return {ClaimVerdict::kUntestable, ClaimReason::kNotAGain};
  const bool usable = (verdict.margin.gateable() || is_change(verdict.verdict)) && !is_distrust(verdict.reason);
  if (!usable) return {ClaimVerdict::kInconclusive, ClaimReason::kNoVerdict};
  if (!measured.interval95) return {ClaimVerdict::kInconclusive, ClaimReason::kNoInterval};
  const double margin = verdict.margin.value;
  const double worth = 1.0 / (1.0 + margin);  // the largest ratio that counts as a gain
  const double low = measured.interval95->low;
  if (low > 1.0 + margin) return {ClaimVerdict::kReversed, ClaimReason::kWorse};
  if (low > worth && *claim.ratio_high > worth) return {ClaimVerdict::kInconclusive, ClaimReason::kClaimInsideMargin};
  if (low > worth) return {ClaimVerdict::kRefuted, ClaimReason::kNoGain};
  return place_gain(claim, low, measured.interval95->high, worth);
}

// The verdict on a claim that names no figure, from what happened.
ClaimJudgement judge_direction(ClaimKind kind, Verdict verdict) {
  const bool neutral = kind == ClaimKind::kNeutral;
  switch (verdict) {
    case Verdict::kRegressed:
      return {ClaimVerdict::kReversed, ClaimReason::kWorse};
    case Verdict::kImproved:
      return neutral ? ClaimJudgement{ClaimVerdict::kUnderstated, ClaimReason::kBeyondClaim}
                     : ClaimJudgement{ClaimVerdict::kConfirmed, ClaimReason::kInsideClaim};
    case Verdict::kEquivalent:
      return neutral ? ClaimJudgement{ClaimVerdict::kConfirmed, ClaimReason::kInsideClaim}
                     : ClaimJudgement{ClaimVerdict::kRefuted, ClaimReason::kNoGain};
    case Verdict::kNotSlower:
    case Verdict::kInconclusive:
      break;
  }
  return {ClaimVerdict::kInconclusive, ClaimReason::kNoVerdict};
}

Verdict exact_verdict(ExactOutcome outcome) {
  switch (outcome) {
    case ExactOutcome::kFewer:
      return Verdict::kImproved;
    case ExactOutcome::kMore:
      return Verdict::kRegressed;
    case ExactOutcome::kEqual:
      break;
  }
  return Verdict::kEquivalent;
}

}  // namespace

ClaimJudgement judge_claim(const Claim& claim, const PairedComparison& measured, const VerdictReport& verdict) {
  if (claim.kind == ClaimKind::kFigures) return judge_figures(claim, measured, verdict);
  return judge_direction(claim.kind, verdict.verdict);
}

ClaimJudgement judge_claim(const Claim& claim, const ExactComparison& measured) {
  if (claim.kind != ClaimKind::kFigures) return judge_direction(claim.kind, exact_verdict(measured.outcome));
  if (!describes_gain(claim)) return {ClaimVerdict::kUntestable, ClaimReason::kNotAGain};
  if (measured.outcome == ExactOutcome::kEqual) return {ClaimVerdict::kRefuted, ClaimReason::kNoGain};
  if (!measured.ratio) return {ClaimVerdict::kReversed, ClaimReason::kWorse};  // from nothing to something
  const double floor = 1.0 / (1.0 + kMarginFloor);
  const double worth = *claim.ratio_high > floor ? 1.0 : floor;
  const double ratio = *measured.ratio;
  if (ratio > 1.0 / worth) return {ClaimVerdict::kReversed, ClaimReason::kWorse};
  if (ratio > worth || ratio == 1.0) return {ClaimVerdict::kRefuted, ClaimReason::kNoGain};
  return place_gain(claim, ratio, ratio, worth);
}

std::string_view to_string(ClaimVerdict verdict) {
  switch (verdict) {
    case ClaimVerdict::kConfirmed:
      return "CONFIRMED";
    case ClaimVerdict::kOverstated:
      return "OVERSTATED";
    case ClaimVerdict::kUnderstated:
      return "UNDERSTATED";
    case ClaimVerdict::kRefuted:
      return "REFUTED";
    case ClaimVerdict::kReversed:
      return "REVERSED";
    case ClaimVerdict::kInconclusive:
      return "INCONCLUSIVE";
    case ClaimVerdict::kUntestable:
      return "UNTESTABLE";
    case ClaimVerdict::kNotEquivalent:
      break;
  }
  return "NOT_EQUIVALENT";
}

std::string_view to_string(ClaimReason reason) {
  switch (reason) {
    case ClaimReason::kInsideClaim:
      return "inside_claim";
    case ClaimReason::kBeyondClaim:
      return "beyond_claim";
    case ClaimReason::kShortOfClaim:
      return "short_of_claim";
    case ClaimReason::kGainNotShown:
      return "gain_not_shown";
    case ClaimReason::kNoGain:
      return "no_gain";
    case ClaimReason::kWorse:
      return "worse";
    case ClaimReason::kIntervalSpansClaim:
      return "interval_spans_claim";
    case ClaimReason::kClaimInsideMargin:
      return "claim_inside_margin";
    case ClaimReason::kNoInterval:
      return "no_interval";
    case ClaimReason::kNoVerdict:
      return "no_verdict";
    case ClaimReason::kNotAGain:
      break;
  }
  return "not_a_gain";
}

}  // namespace assay::stats
