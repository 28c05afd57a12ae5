#include "harness/cli/gate_schedule.hpp"

#include <algorithm>
#include <cmath>

#include "harness/stats/holm.hpp"

namespace assay::cli {

using gate::CellVerdict;

Status GateSchedule::run() {
  for (const plan::CaseSpec& spec : setup_.plan.cases) entries_.push_back({spec});
  settle_without_measuring();
  ASSAY_CHECK(begin_all());
  ASSAY_CHECK(spend_budget());
  return confirm_all();
}

std::optional<CellVerdict> GateSchedule::verdict_without_measuring(const plan::CaseSpec& spec) const {
  const Catalog& base = setup_.context.catalog;
  const Catalog& head = *setup_.context.head;
  const gate::CellRule* const rule = policy_.rule_for(plan::cell_id(spec));
  if (rule != nullptr && rule->ignored) return CellVerdict::kIgnored;
  const auto in_base = base.variants.find(spec.baseline);
  const auto in_head = head.variants.find(spec.candidate);
  if (in_base == base.variants.end()) return CellVerdict::kAdded;
  if (in_head == head.variants.end()) return CellVerdict::kRemoved;
  const std::optional<std::string>& digest = in_base->second.sha256;
  return digest && digest == in_head->second.sha256 ? std::optional(CellVerdict::kIdentical) : std::nullopt;
}

void GateSchedule::settle_without_measuring() {
  Entry* identical = nullptr;
  bool measures = false;
  for (Entry& entry : entries_) {
    const auto verdict = verdict_without_measuring(entry.spec);
    if (!verdict) {
      measures = true;
      continue;
    }
    entry.settled = gate::Cell{.id = plan::cell_id(entry.spec),
                               .variant = entry.spec.candidate,
                               .dataset = entry.spec.dataset,
                               .verdict = *verdict};
    const gate::CellRule* const rule = policy_.rule_for(entry.settled->id);
    if (*verdict == CellVerdict::kIgnored) entry.settled->reason = "ignored by the policy: " + rule->reason;
    if (*verdict == CellVerdict::kIdentical && identical == nullptr) identical = &entry;
  }
  if (measures && identical != nullptr) identical->is_control = true;
}

template <class Step>
Status GateSchedule::with_progress(Entry& entry, const char* what, Step step) {
  progress_.begin(fmt::format("{} {} {}", what, entry.spec.dataset, entry.spec.candidate), ++step_, 0);
  ASSAY_CHECK(step([&](double done) { progress_.advance(done); }));
  progress_.end(entry.measured->is_open()     ? "no verdict yet"
                : entry.measured->is_slower() ? "slower"
                                              : std::string(gate::to_string(entry.measured->cell(1).verdict)));
  return {};
}

Status GateSchedule::begin_all() {
  for (Entry& entry : entries_) {
    if (entry.settled && !entry.is_control) continue;
    entry.measured = std::make_unique<GateCell>(setup_.context, transcript_, entry.spec, policy_, entries_.size());
    ASSAY_CHECK(
        with_progress(entry, "first look", [&](const Progress& progress) { return entry.measured->begin(progress); }));
  }
  return {};
}

Status GateSchedule::spend_budget() {
  const double budget_seconds = setup_.context.effort.budget_seconds;
  while (true) {
    std::vector<Entry*> open;
    std::vector<plan::OpenCell> estimates;
    double spent = 0;
    for (Entry& entry : entries_) {
      if (!entry.measured) continue;
      spent += entry.measured->seconds();
      if (!entry.measured->is_open()) continue;
      open.push_back(&entry);
      estimates.push_back(entry.measured->estimate());
    }
    const auto next = plan::next_cell(estimates);
    if (!next || spent >= budget_seconds) return {};
    GateCell& cell = *open[*next]->measured;
    ASSAY_CHECK(
        with_progress(*open[*next], "measuring", [&](const Progress& progress) { return cell.go_on(progress); }));
  }
}

Status GateSchedule::confirm_all() {
  for (Entry& entry : entries_) {
    if (!entry.measured || entry.is_control || !entry.measured->is_slower()) continue;
    ASSAY_CHECK(with_progress(entry, "confirming",
                              [&](const Progress& progress) { return entry.measured->confirm(progress); }));
  }
  return {};
}

std::vector<gate::Cell> GateSchedule::cells() const {
  std::vector<double> p_values;
  for (const Entry& entry : entries_) {
    p_values.push_back(entry.measured && !entry.is_control ? entry.measured->confirmation_p_value() : 1);
  }
  const std::vector<double> adjusted = stats::holm(p_values);
  std::vector<gate::Cell> cells;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    if (!entry.measured) {
      cells.push_back(*entry.settled);
      continue;
    }
    gate::Cell cell = entry.measured->cell(adjusted[i]);
    if (entry.is_control && entry.measured->record().outcome == store::Outcome::kOk) {
      cell.verdict = CellVerdict::kIdentical;
      cell.reason = "the same bytes in base and head: measured as a control";
    }
    cells.push_back(std::move(cell));
  }
  return cells;
}

std::vector<std::pair<std::string, const store::CaseRecord*>> GateSchedule::records() const {
  std::vector<std::pair<std::string, const store::CaseRecord*>> records;
  for (const Entry& entry : entries_) {
    if (!entry.measured) continue;
    const std::string name = plan::record_name(entry.spec);
    records.emplace_back(name, &entry.measured->record());
    if (const auto& again = entry.measured->confirmation()) records.emplace_back("confirmation-" + name, &*again);
  }
  return records;
}

std::optional<std::string> GateSchedule::contamination() const {
  std::size_t measured = 0;
  std::vector<std::string> reasons;
  for (const Entry& entry : entries_) {
    if (!entry.measured) continue;
    ++measured;
    if (auto reason = entry.measured->contamination()) reasons.push_back(std::move(*reason));
  }
  if (reasons.empty()) return std::nullopt;
  return fmt::format("{} of {} cells: {}", reasons.size(), measured, reasons.front());
}

std::optional<double> GateSchedule::worst_control() const {
  std::optional<double> worst;
  for (const auto& [name, record] : records()) {
    if (!record->control) continue;
    worst = std::max(worst.value_or(0), std::abs(record->control->ratio - 1));
  }
  return worst;
}

}  // namespace assay::cli
