#include "harness/stats/sequential.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numbers>
#include <optional>

#include "harness/stats/paired.hpp"
#include "harness/stats/quantile.hpp"

namespace assay::stats {
namespace {

// About a factor of 1.5 apart: what waiting for the next look costs stays in proportion to what has been spent.
constexpr std::array<std::size_t, 10> kLooks{8, 12, 16, 24, 36, 54, 82, 96, 128, 192};

std::vector<std::size_t> looks_up_to(std::size_t cap) {
  std::vector<std::size_t> looks;
  std::copy_if(kLooks.begin(), kLooks.end(), std::back_inserter(looks), [&](std::size_t look) { return look < cap; });
  if (cap > 0) looks.push_back(cap);
  return looks;
}

std::vector<std::size_t> looks_for_not_slower(const SequentialOptions& options) {
  if (options.stop_when_not_slower || options.cap == 0) return looks_up_to(options.cap);
  return {options.cap};  // asked once, it may spend all of its alpha
}

std::optional<std::size_t> latest_look(std::span<const std::size_t> looks, std::size_t pairs) {
  const auto beyond = std::upper_bound(looks.begin(), looks.end(), pairs);
  if (beyond == looks.begin()) return std::nullopt;
  return static_cast<std::size_t>(beyond - looks.begin()) - 1;
}

std::size_t count_above(std::span<const double> log_ratios, double threshold) {
  return static_cast<std::size_t>(
      std::count_if(log_ratios.begin(), log_ratios.end(), [&](double ratio) { return ratio > threshold; }));
}

std::size_t count_below(std::span<const double> log_ratios, double threshold) {
  return static_cast<std::size_t>(
      std::count_if(log_ratios.begin(), log_ratios.end(), [&](double ratio) { return ratio < threshold; }));
}

// False where the boundary has no look at so many pairs.
bool crosses(const SignBoundary& boundary, std::size_t pairs, std::size_t successes) {
  const auto look = std::lower_bound(boundary.looks.begin(), boundary.looks.end(), pairs);
  if (look == boundary.looks.end() || *look != pairs) return false;
  const auto critical = boundary.critical[static_cast<std::size_t>(look - boundary.looks.begin())];
  return critical && successes >= *critical;
}

double normal_cdf(double x) {
  return std::erfc(-x / std::numbers::sqrt2) / 2;
}

constexpr double kLeastPower = 0.10;
constexpr std::size_t kFewestPairsForFutility = 16;
constexpr double kMedianLoss = 1.2533;  // sqrt(pi / 2): standard error of a median over that of a mean, normal data
constexpr double kNormal995 = 2.576;
constexpr double kNormal95 = 1.645;

}  // namespace

SequentialPlan::SequentialPlan(const SequentialOptions& options)
    : options_(options),
      change_(spend_alpha(looks_up_to(options.cap), options.alpha_change)),
      not_slower_(spend_alpha(looks_for_not_slower(options), options.alpha_not_slower)) {}

SequentialDecision SequentialPlan::decide(std::span<const double> log_ratios, double margin) const {
  if (looks().empty()) return SequentialDecision::kCapReached;
  const auto look = latest_look(looks(), log_ratios.size());
  if (!look) return SequentialDecision::kContinue;
  const std::size_t pairs = looks()[*look];
  const auto seen = log_ratios.first(pairs);
  const double threshold = std::log1p(margin);
  if (crosses(change_, pairs, count_above(seen, threshold))) return SequentialDecision::kRegressed;
  if (crosses(change_, pairs, count_below(seen, -threshold))) return SequentialDecision::kImproved;
  if (crosses(not_slower_, pairs, count_below(seen, threshold))) return SequentialDecision::kNotSlower;
  if (*look + 1 == looks().size()) return SequentialDecision::kCapReached;
  SequentialOptions present = options_;
  present.margin = margin;
  return is_futile(seen, present) ? SequentialDecision::kFutile : SequentialDecision::kContinue;
}

double SequentialPlan::regressed_p_value(std::span<const double> log_ratios, double margin) const {
  if (decide(log_ratios, margin) != SequentialDecision::kRegressed) return 1.0;
  const std::size_t look = *latest_look(looks(), log_ratios.size());
  const std::size_t slower = count_above(log_ratios.first(looks()[look]), std::log1p(margin));
  return stagewise_p_value(change_, look, slower);
}

bool is_futile(std::span<const double> log_ratios, const SequentialOptions& options) {
  if (log_ratios.size() < kFewestPairsForFutility || log_ratios.size() >= options.cap) return false;
  const auto now = compare_pairs(log_ratios, options.margin);
  const auto at_cap = now ? minimum_detectable_effect(*now->sigma, options.cap, options.margin) : std::nullopt;
  if (!at_cap || *at_cap <= 2 * options.margin) return false;
  const double center = std::log(now->ratio);
  const double threshold = std::log1p(options.margin);
  const double error_at_cap = kMedianLoss * *now->sigma / std::sqrt(static_cast<double>(options.cap));
  const double done = static_cast<double>(log_ratios.size()) / static_cast<double>(options.cap);
  const double open = error_at_cap * std::sqrt((1 - done) / done);  // where the median may still move to
  const double change = normal_cdf((std::abs(center) - threshold - kNormal995 * error_at_cap) / open);
  const double not_slower = normal_cdf((threshold - center - kNormal95 * error_at_cap) / open);
  return std::max(change, not_slower) < kLeastPower;
}

VerdictReport judge_at_stop(std::span<const double> log_ratios, const Margin& margin, SequentialDecision decision) {
  VerdictReport report = judge(log_ratios, margin);
  const bool equivalent = report.verdict == Verdict::kEquivalent;
  switch (decision) {
    case SequentialDecision::kRegressed:
      report.verdict = Verdict::kRegressed;
      report.reason = VerdictReason::kBeyondMargin;
      break;
    case SequentialDecision::kImproved:
      report.verdict = Verdict::kImproved;
      report.reason = VerdictReason::kBeyondMargin;
      break;
    case SequentialDecision::kNotSlower:
      report.verdict = equivalent ? Verdict::kEquivalent : Verdict::kNotSlower;
      report.reason = equivalent ? VerdictReason::kInsideMargin : VerdictReason::kBelowUpperMargin;
      break;
    case SequentialDecision::kContinue:
    case SequentialDecision::kFutile:
    case SequentialDecision::kCapReached:
      report.verdict = Verdict::kInconclusive;
      report.reason = decision == SequentialDecision::kFutile ? VerdictReason::kFutile : VerdictReason::kSpansMargin;
      break;
  }
  if (!margin.gateable() && !(margin.known() && is_change(report.verdict))) {
    report.verdict = Verdict::kInconclusive;
    report.reason = VerdictReason::kMarginNotGateable;
  }
  return report;
}

std::string_view to_string(SequentialDecision decision) {
  switch (decision) {
    case SequentialDecision::kContinue:
      return "continue";
    case SequentialDecision::kRegressed:
      return "regressed";
    case SequentialDecision::kImproved:
      return "improved";
    case SequentialDecision::kNotSlower:
      return "not_slower";
    case SequentialDecision::kFutile:
      return "futile";
    case SequentialDecision::kCapReached:
      break;
  }
  return "cap_reached";
}

}  // namespace assay::stats
