#include "harness/stats/verdict.hpp"

#include <cmath>

#include "harness/stats/paired.hpp"
#include "harness/stats/sign_interval.hpp"

namespace assay::stats {
namespace {

// A false REGRESSED costs a developer's afternoon, a false NOT_SLOWER one cell of a gate.
constexpr double kChangeConfidence = 0.995;
constexpr double kEquivalenceConfidence = 0.90;
constexpr double kNotSlowerConfidence = 0.95;

struct Answer {
  Verdict verdict;
  VerdictReason reason;
};

Answer decide(std::span<const double> log_ratios, double threshold) {
  const auto lower = median_lower_bound(log_ratios, kChangeConfidence);
  const auto upper = median_upper_bound(log_ratios, kChangeConfidence);
  if (lower && lower->value > threshold) return {Verdict::kRegressed, VerdictReason::kBeyondMargin};
  if (upper && upper->value < -threshold) return {Verdict::kImproved, VerdictReason::kBeyondMargin};
  const auto interval = median_interval(log_ratios, kEquivalenceConfidence);
  if (interval && interval->low > -threshold && interval->high < threshold) {
    return {Verdict::kEquivalent, VerdictReason::kInsideMargin};
  }
  const auto not_slower = median_upper_bound(log_ratios, kNotSlowerConfidence);
  if (not_slower && not_slower->value < threshold) return {Verdict::kNotSlower, VerdictReason::kBelowUpperMargin};
  return {Verdict::kInconclusive, lower ? VerdictReason::kSpansMargin : VerdictReason::kTooFewPairs};
}

bool contradicts(const Interval& tail, Verdict verdict, double margin) {
  const bool slower = tail.low > 1 + margin;
  const bool faster = tail.high < 1 / (1 + margin);
  switch (verdict) {
    case Verdict::kRegressed:
      return faster;
    case Verdict::kImproved:
    case Verdict::kNotSlower:
      return slower;
    case Verdict::kEquivalent:
      return slower || faster;
    case Verdict::kInconclusive:
      break;
  }
  return false;
}

}  // namespace

VerdictReport judge(std::span<const double> log_ratios, const Margin& margin) {
  VerdictReport report{.margin = margin, .pairs = log_ratios.size()};
  if (const auto comparison = compare_pairs(log_ratios, margin.value)) {
    report.minimum_detectable_effect = comparison->minimum_detectable_effect;
  }
  const Answer answer = decide(log_ratios, std::log1p(margin.value));
  const bool usable = margin.gateable() || (margin.known() && is_change(answer.verdict));
  report.verdict = usable ? answer.verdict : Verdict::kInconclusive;
  report.reason = usable ? answer.reason : VerdictReason::kMarginNotGateable;
  return report;
}

VerdictReport combine_clocks(const VerdictReport& wall, const VerdictReport& cpu) {
  const bool opposite = (wall.verdict == Verdict::kRegressed && cpu.verdict == Verdict::kImproved) ||
                        (wall.verdict == Verdict::kImproved && cpu.verdict == Verdict::kRegressed);
  VerdictReport combined = wall;
  if (opposite) {
    combined.verdict = Verdict::kInconclusive;
    combined.reason = VerdictReason::kClocksConflict;
  }
  return combined;
}

VerdictReport combine(const VerdictReport& wall, const VerdictReport& cpu, const std::optional<TailRatio>& tail) {
  VerdictReport combined = combine_clocks(wall, cpu);
  if (tail && tail->interval95 && contradicts(*tail->interval95, combined.verdict, wall.margin.value)) {
    combined.verdict = Verdict::kInconclusive;
    combined.reason = VerdictReason::kTailConflict;
  }
  return combined;
}

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::kRegressed:
      return "REGRESSED";
    case Verdict::kImproved:
      return "IMPROVED";
    case Verdict::kEquivalent:
      return "EQUIVALENT";
    case Verdict::kNotSlower:
      return "NOT_SLOWER";
    case Verdict::kInconclusive:
      break;
  }
  return "INCONCLUSIVE";
}

std::string_view to_string(VerdictReason reason) {
  switch (reason) {
    case VerdictReason::kBeyondMargin:
      return "beyond_margin";
    case VerdictReason::kInsideMargin:
      return "inside_margin";
    case VerdictReason::kBelowUpperMargin:
      return "below_upper_margin";
    case VerdictReason::kSpansMargin:
      return "spans_margin";
    case VerdictReason::kTooFewPairs:
      return "too_few_pairs";
    case VerdictReason::kFutile:
      return "futile";
    case VerdictReason::kMarginNotGateable:
      return "margin_not_gateable";
    case VerdictReason::kClocksConflict:
      return "clocks_conflict";
    case VerdictReason::kTailConflict:
      return "tail_conflict";
    case VerdictReason::kFilterConflict:
      return "filter_conflict";
    case VerdictReason::kContaminated:
      break;
  }
  return "contaminated";
}

}  // namespace assay::stats
