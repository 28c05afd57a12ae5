#include "harness/cli/gate_cell.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "harness/cli/analysis.hpp"
#include "harness/cli/settling.hpp"
#include "harness/stats/confirmation.hpp"
#include "harness/stats/holm.hpp"
#include "harness/stats/margin.hpp"
#include "harness/stats/quantile.hpp"

namespace assay::cli {
namespace {

using gate::CellVerdict;
using stats::SequentialDecision;
using store::CaseRecord;
using store::Outcome;

constexpr std::uint32_t kPairsPerBlock = 2;
constexpr std::uint32_t kFirstPairs = 8;           // the first look
constexpr std::uint32_t kConfirmationPass = 1000;  // launches from here on belong to the second stage
constexpr const char* kHeadline = "time/total";

std::uint32_t blocks_of(std::uint32_t pairs) {
  return (pairs + kPairsPerBlock - 1) / kPairsPerBlock;
}

const store::ComparisonRecord* headline(const CaseRecord& record) {
  for (const store::ComparisonRecord& comparison : record.comparisons) {
    if (comparison.metric == kHeadline) return &comparison;
  }
  return nullptr;
}

std::vector<std::vector<double>> ratios_by_launch(const CaseRecord& record) {
  std::map<std::uint32_t, CaseRecord> launches;
  for (const store::SampleRecord& sample : record.samples) launches[sample.launch].samples.push_back(sample);
  std::vector<std::vector<double>> ratios;
  for (const auto& [launch, part] : launches) {
    if (auto of_launch = headline_log_ratios(part, "candidate")) ratios.push_back(std::move(*of_launch));
  }
  return ratios;
}

}  // namespace

SequentialDecision decide_cell(const std::vector<double>& pairs, const std::vector<double>& control,
                               const stats::SequentialOptions& options) {
  const stats::SequentialPlan plan(options);
  const SequentialDecision decision = plan.decide(pairs);
  if (decision != SequentialDecision::kRegressed) return decision;
  const stats::Margin shown = stats::margin_from_control(control, std::min(options.margin, stats::kMarginCap));
  if (!shown.known() || shown.value <= options.margin) return decision;
  if (plan.decide(pairs, shown.value) == decision) return decision;
  return pairs.size() >= options.cap ? SequentialDecision::kCapReached : SequentialDecision::kContinue;
}

GateCell::GateCell(RunContext& context, Transcript& transcript, plan::CaseSpec spec, const gate::Policy& policy,
                   std::size_t cells)
    : context_(&context),
      transcript_(&transcript),
      spec_(std::move(spec)),
      policy_(&policy),
      options_{.margin = policy.margin_for(plan::cell_id(spec_)), .cap = policy.most_pairs} {
  options_.alpha_change = std::min(options_.alpha_change, policy.family_error / static_cast<double>(cells));
}

Status GateCell::begin(const Progress& progress) {
  ASSAY_TRY(record_, pass({.blocks = blocks_of(kFirstPairs), .measures_memory = true}, progress));
  passes_ = 1;
  if (record_.outcome != Outcome::kOk) {
    ended_ = true;
    return {};
  }
  check_budgets();
  decision_ = decide_cell(record_.pair_log_ratios, record_.control_log_ratios, options_);
  return {};
}

Status GateCell::go_on(const Progress& progress) {
  const auto taken = static_cast<std::uint32_t>(record_.pair_log_ratios.size());
  const std::uint32_t per_launch = (policy_->most_pairs + policy_->launches - 1) / policy_->launches;
  const CasePass next{.first_launch = passes_,
                      .blocks = blocks_of(std::min(per_launch, policy_->most_pairs - taken)),
                      .warm_up_rounds = rounds_known(),
                      .enough = [this](const auto& samples) { return decided_by(samples); }};
  ASSAY_TRY(CaseRecord more, pass(next, progress));
  ++passes_;
  return take_over(std::move(more));
}

Status GateCell::confirm(const Progress& progress) {
  const std::uint32_t per_launch = policy_->confirmation_pairs / policy_->confirmation_launches;
  const CasePass fresh{.first_launch = kConfirmationPass,
                       .launches = policy_->confirmation_launches,
                       .blocks = blocks_of(std::max(per_launch, kPairsPerBlock)),
                       .warm_up_rounds = rounds_known()};
  ASSAY_TRY(confirmation_, pass(fresh, progress));
  return {};
}

std::optional<std::size_t> GateCell::rounds_known() const {
  return record_.design.warm_up ? std::optional(rounds_to_take(*record_.design.warm_up)) : std::nullopt;
}

Result<CaseRecord> GateCell::pass(const CasePass& pass, const Progress& progress) {
  return run_case(*context_, spec_, *transcript_, progress, pass);
}

Status GateCell::take_over(CaseRecord&& more) {
  if (more.outcome != Outcome::kOk) {
    record_.outcome = more.outcome;
    record_.reason = more.reason;
    record_.equivalence = more.equivalence;
    ended_ = true;
    return analyse(record_);
  }
  record_.samples.insert(record_.samples.end(), more.samples.begin(), more.samples.end());
  record_.design.launches += more.design.launches;
  ASSAY_CHECK(analyse(record_));
  decision_ = decide_cell(record_.pair_log_ratios, record_.control_log_ratios, options_);
  return {};
}

// Asked after each block of a pass.
bool GateCell::decided_by(const std::vector<store::SampleRecord>& more) const {
  CaseRecord both;
  both.samples = record_.samples;
  both.samples.insert(both.samples.end(), more.begin(), more.end());
  const auto pairs = headline_log_ratios(both, "candidate");
  const auto control = headline_log_ratios(both, "control");
  return pairs && control && decide_cell(*pairs, *control, options_) != SequentialDecision::kContinue;
}

void GateCell::check_budgets() {
  for (const auto& [metric, allowed] : policy_->budgets) {
    for (const store::ComparisonRecord& comparison : record_.comparisons) {
      if (comparison.metric != metric || !comparison.baseline || !comparison.candidate) continue;
      if (*comparison.candidate <= *comparison.baseline * (1 + allowed) || comparison.verdict == "EQUAL") continue;
      breaches_.push_back({metric, *comparison.baseline, *comparison.candidate, allowed});
    }
  }
  ended_ = !breaches_.empty();
}

plan::OpenCell GateCell::estimate() const {
  plan::OpenCell open{.pairs = record_.pair_log_ratios.size(), .most = policy_->most_pairs};
  open.pair_seconds = open.pairs == 0 ? 0 : seconds() / static_cast<double>(open.pairs);
  open.median = stats::median(record_.pair_log_ratios).value_or(0);
  open.sigma = stats::kMadToSigma * stats::median_absolute_deviation(record_.pair_log_ratios).value_or(0);
  open.threshold = std::log1p(options_.margin);
  return open;
}

double GateCell::seconds() const {
  double nanoseconds = 0;
  for (const CaseRecord* record : {&record_, confirmation_ ? &*confirmation_ : nullptr}) {
    if (record == nullptr) continue;
    for (const store::SampleRecord& sample : record->samples) {
      nanoseconds += static_cast<double>(sample.total_ns() + sample.collect_ns) * record->design.iterations;
    }
  }
  return nanoseconds * 1e-9;
}

std::optional<std::string> GateCell::contamination() const {
  for (const CaseRecord* record : {&record_, confirmation_ ? &*confirmation_ : nullptr}) {
    if (record == nullptr || !record->contamination || record->contamination->reasons.empty()) continue;
    return record->contamination->reasons.front();
  }
  return std::nullopt;
}

double GateCell::confirmation_p_value() const {
  if (!confirmation_ || confirmation_->outcome != Outcome::kOk) return 1;
  if (stats::confirm_regression(ratios_by_launch(*confirmation_)) != stats::Confirmation::kConfirmed) return 1;
  return stats::slower_p_value(confirmation_->pair_log_ratios, 0);
}

CellVerdict GateCell::verdict_of_outcome() const {
  switch (record_.outcome) {
    case Outcome::kNotEquivalent:
      return CellVerdict::kNotEquivalent;
    case Outcome::kSkipped:
      return CellVerdict::kSkipped;
    default:
      return CellVerdict::kBroken;
  }
}

gate::Cell GateCell::cell(double adjusted_p_value) const {
  gate::Cell cell{.id = plan::cell_id(spec_), .variant = spec_.candidate, .dataset = spec_.dataset};
  cell.seconds = seconds();
  cell.margin = options_.margin;
  cell.breaches = breaches_;
  if (record_.outcome != Outcome::kOk) {
    cell.verdict = verdict_of_outcome();
    cell.reason = record_.reason.value_or("");
    return cell;
  }
  cell.pairs = record_.pair_log_ratios.size();
  if (const store::ComparisonRecord* const time = headline(record_)) {
    cell.ratio = time->ratio;
    if (time->interval) {
      cell.low = time->interval->low;
      cell.high = time->interval->high;
    }
    cell.minimum_detectable_effect = time->minimum_detectable_effect;
  }
  switch (breaches_.empty() ? decision_ : SequentialDecision::kContinue) {
    case SequentialDecision::kRegressed:
      judge_slower(adjusted_p_value, cell);
      break;
    case SequentialDecision::kImproved:
      cell.verdict = CellVerdict::kImproved;
      break;
    case SequentialDecision::kNotSlower:
      cell.verdict = CellVerdict::kNotSlower;
      break;
    default:
      cell.verdict = breaches_.empty() ? CellVerdict::kInconclusive : CellVerdict::kOverBudget;
  }
  return cell;
}

// Red only if the clocks agree and fresh processes show it again.
void GateCell::judge_slower(double adjusted_p_value, gate::Cell& cell) const {
  cell.verdict = CellVerdict::kInconclusive;
  const store::ComparisonRecord* const time = headline(record_);
  if (time != nullptr && contradicts(*time)) {
    cell.reason = fmt::format("slower, but {}", *time->reason);
    return;
  }
  if (!confirmation_) {
    cell.reason = "slower in the first stage; there was no second";
    return;
  }
  if (confirmation_->outcome != Outcome::kOk) {
    cell.verdict =
        confirmation_->outcome == Outcome::kNotEquivalent ? CellVerdict::kNotEquivalent : CellVerdict::kBroken;
    cell.reason = confirmation_->reason.value_or("");
    return;
  }
  if (const auto* const again = headline(*confirmation_)) cell.confirmation_ratio = again->ratio;
  const stats::Confirmation outcome = stats::confirm_regression(ratios_by_launch(*confirmation_));
  if (outcome != stats::Confirmation::kConfirmed) {
    cell.reason = fmt::format("slower at first, not again in fresh processes ({})", stats::to_string(outcome));
  } else if (adjusted_p_value > policy_->family_error) {
    cell.reason = fmt::format("slower twice, but among all cells that may be chance (p {:.2g})", adjusted_p_value);
  } else {
    cell.verdict = CellVerdict::kRegressed;
  }
}

}  // namespace assay::cli
