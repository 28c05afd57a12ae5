#include "harness/cli/gate.hpp"

#include <fmt/ranges.h>

#include "harness/cli/arms.hpp"
#include "harness/cli/gate_schedule.hpp"
#include "harness/cli/run_start.hpp"
#include "harness/core/files.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kGateKey = "run_started: gate";

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

Status check_cells(const RunSetup& setup, const gate::Policy& policy) {
  for (const plan::CaseSpec& spec : setup.plan.cases) {
    const gate::CellRule* const rule = policy.rule_for(plan::cell_id(spec));
    if (rule != nullptr && rule->ignored) continue;
    if (setup.context.catalog.variants.contains(spec.baseline)) continue;
    if (setup.context.head->variants.contains(spec.baseline)) continue;
    return fail(
        ErrorKind::kUsage,
        "suite '{}' names variant '{}', which neither base nor head offers; build it, or take it out of the suite",
        policy.suite, spec.baseline);
  }
  return {};
}

Status plan_gate(const GateRequest& request, const gate::Policy& policy, RunSetup& setup) {
  RunContext& context = setup.context;
  ASSAY_TRY(context.catalog, read_catalog(request.baseline));
  ASSAY_TRY(context.head, read_catalog(request.candidate));
  ASSAY_TRY(context.workloads, plan::read_workloads(context.home.workloads()));
  ASSAY_TRY(const fs::path file, plan::find_by_id(context.home.suites(), "suite", policy.suite));
  ASSAY_TRY(const plan::Suite suite, plan::read_suite(file));
  setup.plan.profile = suite.profile;
  setup.plan.seed = context.seed = suite.seed;
  context.thread_budget = request.run.threads;
  context.effort = suite.effort;
  context.effort.budget_seconds = request.budget_seconds.value_or(policy.budget_seconds);
  ASSAY_TRY(const auto cases, plan::plan_suite(suite, request.run.datasets, context.workloads));
  setup.plan.cases = cells_of(cases);
  if (!setup.plan.cases.empty()) return check_cells(setup, policy);
  return fail(ErrorKind::kUsage,
              "nothing to gate: no case of suite '{}' uses the data set(s) {}; leave out --datasets for all of its own",
              policy.suite, fmt::join(request.run.datasets, ", "));
}

Result<gate::GateReport> report_of(const RunSetup& setup, const GateSchedule& schedule) {
  gate::GateReport report;
  ASSAY_TRY(report.policy, member<std::string>(setup.gate, kGateKey, "policy"));
  ASSAY_TRY(report.baseline, member<std::string>(setup.gate, kGateKey, "baseline"));
  ASSAY_TRY(report.candidate, member<std::string>(setup.gate, kGateKey, "candidate"));
  ASSAY_TRY(report.strict, member<bool>(setup.gate, kGateKey, "strict"));
  report.created_utc = setup.created_utc;
  report.command = setup.request.command;
  report.cells = schedule.cells();
  report.contaminated = schedule.contamination();
  report.worst_control = schedule.worst_control();
  report.environment = setup.context.environment;
  for (const gate::Cell& cell : report.cells) report.seconds += cell.seconds;
  return report;
}

Status write_as_text(const std::string& name, const Json& content, const WriteText& write) {
  ASSAY_TRY(const std::string text, json_text(content, name));
  return write(name, text);
}

// records/ and run.json, so that `assay report` shows a gate like any other run.
Status write_records(const GateSchedule& schedule, Json& run, const WriteText& write) {
  for (const auto& [name, record] : schedule.records()) {
    ASSAY_CHECK(write_as_text("records/" + name, to_json(*record), write));
    run["records"].push_back(name);
  }
  return write_as_text("run.json", run, write);
}

}  // namespace

Result<GateSummary> execute_gate(RunSetup& setup, Transcript& transcript, ProgressLine& progress,
                                 const WriteText& write) {
  ASSAY_TRY(const gate::Policy policy, gate::policy_from_json(setup.policy, "run_started: policy"));
  GateSummary summary;
  Json run = run_json(setup);
  ASSAY_CHECK(write_as_text("run.json", run, write));
  GateSchedule schedule(setup, policy, transcript, progress);
  if (const Status done = schedule.run(); !done) {
    if (done.error().kind == ErrorKind::kResultsDiffer) return tl::unexpected(done.error());
    summary.cut_short = done.error();
    static_cast<void>(note_end(setup.context, transcript, done.error(), run));
    static_cast<void>(write_as_text("run.json", run, write));
    return summary;
  }
  summary.records = schedule.records().size();
  const auto end = [&] { return Json{{"utc", utc_now(setup.context)}, {"records", summary.records}}; };
  ASSAY_TRY(const Json finished, transcript.fact("run_finished", Json::object(), end));
  ASSAY_CHECK(transcript.sync());
  run["finished_utc"] = finished["utc"];
  ASSAY_TRY(summary.report, report_of(setup, schedule));
  ASSAY_CHECK(write_records(schedule, run, write));
  ASSAY_CHECK(write_gate_files(summary.report, write));
  return summary;
}

Result<GateSummary> run_gate(const GateRequest& request, const Home& home, const std::atomic<bool>& interrupted) {
  ASSAY_TRY(const gate::Policy policy, gate::read_policy(request.policy));
  RunSetup setup;
  setup.request = request.run;
  setup.request.suite = policy.suite;
  ASSAY_TRY(setup.policy, read_json(request.policy));
  setup.gate = {{"policy", request.policy.string()},
                {"baseline", request.baseline.string()},
                {"candidate", request.candidate.string()},
                {"strict", policy.strict || request.strict}};
  setup.context.home = home;
  setup.context.interrupted = &interrupted;
  ASSAY_CHECK(plan_gate(request, policy, setup));
  ASSAY_CHECK(open_machine(setup));
  fs::path folder;
  ASSAY_TRY(OpenRun run, begin_run(setup, folder));
  if (!request.run.resume.empty()) {
    ASSAY_TRY(setup.gate, member<Json>(run.past.header, "run_started", "gate"));
  }
  Transcript transcript(std::move(run.past), &run.journal);
  ProgressLine progress(stderr, request.run.quiet);
  const auto write = [&](const std::string& name, std::string_view text) {
    return write_file_atomically(folder / name, text);
  };
  ASSAY_TRY(GateSummary summary, execute_gate(setup, transcript, progress, write));
  summary.folder = folder;
  if (!summary.cut_short) return summary;
  return fail(summary.cut_short->kind, "{}; what was measured is in '{}'; go on with --resume '{}'",
              summary.cut_short->message, folder.string(), folder.string());
}

}  // namespace assay::cli
