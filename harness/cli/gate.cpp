#include "harness/cli/gate.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "harness/cli/arms.hpp"
#include "harness/cli/gate_cell.hpp"
#include "harness/cli/run_start.hpp"
#include "harness/cli/terminal.hpp"
#include "harness/core/files.hpp"
#include "harness/gate/outputs.hpp"
#include "harness/stats/holm.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;
using gate::CellVerdict;

// A cell of the suite, and what it came to without measuring, or the measuring of it.
struct Entry {
  plan::CaseSpec spec;
  std::optional<gate::Cell> settled;
  std::unique_ptr<GateCell> measured;
  bool is_control = false;  // the same bytes, measured to see what identical code shows
};

class Gate {
 public:
  Gate(RunSetup& setup, const gate::Policy& policy, double budget_seconds, Transcript& transcript,
       ProgressLine& progress)
      : setup_(setup), policy_(policy), budget_seconds_(budget_seconds), transcript_(transcript), progress_(progress) {}

  Status run();
  [[nodiscard]] std::vector<gate::Cell> cells() const;
  // By file name.
  [[nodiscard]] std::vector<std::pair<std::string, const store::CaseRecord*>> records() const;
  // Why the machine was not fit, and how many of the measured cells show it; nothing if none does.
  [[nodiscard]] std::optional<std::string> contamination() const;

 private:
  Status settle_without_measuring();
  [[nodiscard]] Result<std::optional<CellVerdict>> verdict_without_measuring(const plan::CaseSpec& spec);
  Status begin_all();
  Status spend_budget();
  Status confirm_all();
  template <class Step>
  Status with_progress(Entry& entry, const char* what, Step step);

  RunSetup& setup_;
  const gate::Policy& policy_;
  double budget_seconds_;
  Transcript& transcript_;
  ProgressLine& progress_;
  std::vector<Entry> entries_;
  std::size_t step_ = 0;
};

Status Gate::run() {
  for (const plan::CaseSpec& spec : setup_.plan.cases) entries_.push_back({spec, std::nullopt, nullptr});
  ASSAY_CHECK(settle_without_measuring());
  ASSAY_CHECK(begin_all());
  ASSAY_CHECK(spend_budget());
  return confirm_all();
}

Result<std::optional<CellVerdict>> Gate::verdict_without_measuring(const plan::CaseSpec& spec) {
  Catalog& base = setup_.context.catalog;
  Catalog& head = *setup_.context.head;
  const gate::CellRule* const rule = policy_.rule_for(plan::cell_id(spec));
  if (rule != nullptr && rule->ignored) return std::optional(CellVerdict::kIgnored);
  const bool in_base = base.variants.contains(spec.baseline);
  const bool in_head = head.variants.contains(spec.candidate);
  if (!in_base && !in_head) {
    return fail(
        ErrorKind::kUsage,
        "suite '{}' names variant '{}', which neither base nor head offers; build it, or take it out of the suite",
        policy_.suite, spec.baseline);
  }
  if (!in_base) return std::optional(CellVerdict::kAdded);
  if (!in_head) return std::optional(CellVerdict::kRemoved);
  const store::ArmRecord in_base_build = describe_arm(base.variants.at(spec.baseline));
  const store::ArmRecord in_head_build = describe_arm(head.variants.at(spec.candidate));
  const bool same = in_base_build.plugin_sha256 && in_base_build.plugin_sha256 == in_head_build.plugin_sha256;
  return same ? std::optional(CellVerdict::kIdentical) : std::optional<CellVerdict>();
}

Status Gate::settle_without_measuring() {
  Entry* identical = nullptr;
  bool measures = false;
  for (Entry& entry : entries_) {
    ASSAY_TRY(const auto verdict, verdict_without_measuring(entry.spec));
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
  return {};
}

template <class Step>
Status Gate::with_progress(Entry& entry, const char* what, Step step) {
  progress_.begin(fmt::format("{} {} {}", what, entry.spec.dataset, entry.spec.candidate), ++step_, 0);
  ASSAY_CHECK(step([&](double done) { progress_.advance(done); }));
  progress_.end(entry.measured->is_open()     ? "no verdict yet"
                : entry.measured->is_slower() ? "slower"
                                              : std::string(gate::to_string(entry.measured->cell(1).verdict)));
  return {};
}

Status Gate::begin_all() {
  for (Entry& entry : entries_) {
    if (entry.settled && !entry.is_control) continue;
    entry.measured = std::make_unique<GateCell>(setup_.context, transcript_, entry.spec, policy_, entries_.size());
    ASSAY_CHECK(
        with_progress(entry, "first look", [&](const Progress& progress) { return entry.measured->begin(progress); }));
  }
  return {};
}

Status Gate::spend_budget() {
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
    if (!next || spent >= budget_seconds_) return {};
    GateCell& cell = *open[*next]->measured;
    ASSAY_CHECK(
        with_progress(*open[*next], "measuring", [&](const Progress& progress) { return cell.go_on(progress); }));
  }
}

Status Gate::confirm_all() {
  for (Entry& entry : entries_) {
    if (!entry.measured || entry.is_control || !entry.measured->is_slower()) continue;
    ASSAY_CHECK(with_progress(entry, "confirming",
                              [&](const Progress& progress) { return entry.measured->confirm(progress); }));
  }
  return {};
}

std::vector<gate::Cell> Gate::cells() const {
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

std::vector<std::pair<std::string, const store::CaseRecord*>> Gate::records() const {
  std::vector<std::pair<std::string, const store::CaseRecord*>> records;
  for (const Entry& entry : entries_) {
    if (!entry.measured) continue;
    const std::string name = plan::record_name(entry.spec);
    records.emplace_back(name, &entry.measured->record());
    if (const auto& again = entry.measured->confirmation()) records.emplace_back("confirmation-" + name, &*again);
  }
  return records;
}

std::optional<std::string> Gate::contamination() const {
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

std::optional<double> worst_control(const Gate& gate) {
  std::optional<double> worst;
  for (const auto& [name, record] : gate.records()) {
    if (!record->control) continue;
    worst = std::max(worst.value_or(0), std::abs(record->control->ratio - 1));
  }
  return worst;
}

// records/ and run.json, so that `assay report` shows a gate like any other run.
Status write_records(const fs::path& folder, const RunSetup& setup, const Gate& gate) {
  Json run = run_json(setup);
  run["finished_utc"] = utc_now(setup.context);
  for (const auto& [name, record] : gate.records()) {
    ASSAY_CHECK(write_json(folder / "records" / name, to_json(*record)));
    run["records"].push_back(name);
  }
  return write_json(folder / "run.json", run);
}

// Every variant that the suite's cases compare, alone.
std::vector<plan::CaseSpec> cells_of(const std::vector<plan::CaseSpec>& cases) {
  std::vector<plan::CaseSpec> cells;
  for (const plan::CaseSpec& spec : cases) {
    for (const std::string& variant : {spec.baseline, spec.candidate}) {
      plan::CaseSpec cell = spec;
      cell.baseline = cell.candidate = variant;
      plan::add_cases(cells, {cell});
    }
  }
  return cells;
}

Status plan_gate(const GateRequest& request, const gate::Policy& policy, RunSetup& setup) {
  RunContext& context = setup.context;
  ASSAY_TRY(context.catalog, read_catalog(request.baseline));
  ASSAY_TRY(context.head, read_catalog(request.candidate));
  ASSAY_TRY(context.workloads, plan::read_workloads(context.home.workloads()));
  ASSAY_TRY(const fs::path file, plan::find_by_id(context.home.suites(), "suite", policy.suite));
  ASSAY_TRY(const plan::Suite suite, plan::read_suite(file));
  setup.plan.profile = suite.profile;
  setup.plan.seed = suite.seed;
  context.effort = suite.effort;
  ASSAY_TRY(const auto cases, plan::plan_suite(suite, request.run.datasets, context.workloads));
  setup.plan.cases = cells_of(cases);
  if (!setup.plan.cases.empty()) return {};
  return fail(ErrorKind::kUsage,
              "nothing to gate: no case of suite '{}' uses the data set(s) {}; leave out --datasets for all of its own",
              policy.suite, fmt::join(request.run.datasets, ", "));
}

Status write_outputs(const fs::path& folder, const gate::GateReport& report) {
  ASSAY_CHECK(write_json(folder / "gate.json", gate::to_json(report)));
  ASSAY_CHECK(write_file_atomically(folder / "junit.xml", gate::to_junit(report)));
  ASSAY_CHECK(write_file_atomically(folder / "summary.md", gate::to_markdown(report)));
  return write_file_atomically(folder / "metrics.txt", gate::to_gitlab_metrics(report));
}

}  // namespace

Result<GateSummary> run_gate(const GateRequest& request, const Home& home, const std::atomic<bool>& interrupted) {
  ASSAY_TRY(const gate::Policy policy, gate::read_policy(request.policy));
  RunSetup setup;
  setup.request = request.run;
  setup.request.suite = policy.suite;
  ASSAY_TRY(setup.policy, read_json(request.policy));
  setup.context.home = home;
  setup.context.interrupted = &interrupted;
  ASSAY_CHECK(plan_gate(request, policy, setup));
  const double budget = request.budget_seconds.value_or(policy.budget_seconds);
  setup.context.effort.budget_seconds = budget;
  ASSAY_CHECK(open_machine(setup));
  GateSummary summary;
  ASSAY_TRY(OpenRun run, begin_run(setup, summary.folder));
  Transcript transcript(std::move(run.past), &run.journal);
  ProgressLine progress(stderr, request.run.quiet);
  Gate gate(setup, policy, budget, transcript, progress);
  ASSAY_CHECK(gate.run());

  gate::GateReport& report = summary.report;
  report.created_utc = setup.created_utc;
  report.command = setup.request.command;
  report.policy = request.policy.string();
  report.baseline = request.baseline.string();
  report.candidate = request.candidate.string();
  report.strict = policy.strict || request.strict;
  report.cells = gate.cells();
  report.contaminated = gate.contamination();
  report.worst_control = worst_control(gate);
  report.environment = setup.context.environment;
  for (const gate::Cell& cell : report.cells) report.seconds += cell.seconds;
  ASSAY_CHECK(write_records(summary.folder, setup, gate));
  ASSAY_CHECK(write_outputs(summary.folder, report));
  return summary;
}

}  // namespace assay::cli
