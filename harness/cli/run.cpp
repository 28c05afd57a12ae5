#include "harness/cli/run.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "harness/cli/analysis.hpp"
#include "harness/cli/arms.hpp"
#include "harness/cli/run_setup.hpp"
#include "harness/cli/run_start.hpp"
#include "harness/cli/terminal.hpp"
#include "harness/core/exit_code.hpp"
#include "harness/core/files.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;
using store::CaseRecord;

constexpr const char* kFailedEvent = "run_failed";  // a defect of ours or of the machine ended the run

Status plan_suite_part(const RunRequest& request, RunContext& context, Plan& plan) {
  if (!request.suite && !request.pair) return {};
  plan::Suite suite;
  if (request.suite) {
    ASSAY_TRY(const fs::path file, plan::find_by_id(context.home.suites(), "suite", *request.suite));
    ASSAY_TRY(suite, plan::read_suite(file));
    plan.profile = suite.profile;
    plan.seed = suite.seed;
    context.effort = suite.effort;
    context.reference = suite.reference;
  } else {
    suite.id = "compare";
    suite.cases = {*request.pair};
  }
  ASSAY_TRY(const auto cases,
            plan::plan_suite(suite, request.suite ? request.datasets : std::vector<std::string>(), context.workloads));
  plan::add_cases(plan.cases, cases);
  return {};
}

// A family is built only where its libraries are, so a claim may name variants that this build lacks: it is untestable
// then, in the document too, from which a replay makes the same ledger.
void leave_out_absent(Json& document, const Catalog& catalog) {
  if (!document.contains("claims") || !document["claims"].is_array()) return;
  for (Json& claim : document["claims"]) {
    for (const char* const arm : {"baseline", "candidate"}) {
      const Json* const id = claim.contains(arm) && claim[arm].is_string() ? &claim[arm] : nullptr;
      if (id == nullptr || catalog.find(id->get<std::string>())) continue;
      claim["untestable"] = {{"reason", fmt::format("this build has no variant '{}'", id->get<std::string>())}};
      claim["baseline"] = claim["candidate"] = claim["workload"] = nullptr;
      break;
    }
  }
}

Status plan_audits(const RunRequest& request, const RunContext& context, Plan& plan, std::vector<plan::Audit>& audits,
                   std::vector<Json>& documents) {
  for (const std::string& id : request.audits) {
    ASSAY_TRY(const fs::path file, plan::find_by_id(context.home.audits(), "audit", id));
    ASSAY_TRY(Json document, read_json(file));
    leave_out_absent(document, context.catalog);
    ASSAY_TRY(plan::Audit audit, plan::audit_from_json(document, file.string()));
    documents.push_back(std::move(document));
    ASSAY_TRY(const auto cases, plan::plan_audit(audit, request.datasets, context.workloads));
    plan::add_cases(plan.cases, cases);
    audits.push_back(std::move(audit));
  }
  return {};
}

// What make_ledger would find at the end of the run.
Status check_metrics(const std::vector<plan::Audit>& audits) {
  for (const plan::Audit& audit : audits) {
    for (const plan::AuditClaim& claim : audit.claims) {
      if (claim.untestable) continue;
      for (const plan::ClaimedEffect& effect : claim.effects) {
        ASSAY_CHECK(check_metric(effect.metric, "audit '" + audit.document + "': claim " + claim.id));
      }
    }
  }
  return {};
}

Status check_plan(const RunRequest& request, const RunContext& context, const Plan& plan) {
  const bool ledger_only = !request.audits.empty() && request.datasets.empty();  // every claim may be untestable here
  if (plan.cases.empty() && !ledger_only) {
    return fail(ErrorKind::kUsage, "nothing to run: no case of the suite or audit uses the data set(s) {}",
                fmt::join(request.datasets, ", "));
  }
  for (const std::string& dataset : request.datasets) {
    const auto uses = [&](const plan::CaseSpec& spec) { return spec.dataset == dataset; };
    if (std::any_of(plan.cases.begin(), plan.cases.end(), uses)) continue;
    return fail(ErrorKind::kUsage, "no case of the suite or audit uses data set '{}'", dataset);
  }
  for (const plan::CaseSpec& spec : plan.cases) {
    for (const std::string& id : {spec.baseline, spec.candidate}) {
      ASSAY_TRY(const CatalogEntry entry, context.catalog.find(id));
      const auto& served = entry.info.workloads;
      if (std::find(served.begin(), served.end(), spec.workload) == served.end()) {
        return fail(ErrorKind::kUsage, "variant '{}' does not serve workload '{}'", id, spec.workload);
      }
    }
  }
  if (context.reference) {
    if (const auto found = context.catalog.find(*context.reference); !found) {
      return fail(ErrorKind::kUsage, "the reference is not there: {}", found.error().message);
    }
  }
  return {};
}

// Runs the cases in order; stops at the first that could not be brought to an outcome.
Status run_cases(RunSetup& setup, Transcript& transcript, ProgressLine& progress, const WriteFile& write, Json& run,
                 RunSummary& summary) {
  const std::vector<plan::CaseSpec>& cases = setup.plan.cases;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const plan::CaseSpec& spec = cases[i];
    progress.begin(spec.dataset + " " + spec.baseline + " -> " + spec.candidate, i + 1, cases.size());
    const std::size_t written = transcript.written();
    ASSAY_TRY(CaseRecord record,
              run_case(setup.context, spec, transcript, [&](double done) { progress.advance(done); }));
    const std::string file = plan::record_name(spec);
    ASSAY_CHECK(write("records/" + file, to_json(record)));
    run["records"].push_back(file);
    ASSAY_CHECK(write("run.json", run));
    const bool ok = record.outcome == store::Outcome::kOk && !record.comparisons.empty();
    const char* const kept = transcript.written() == written ? " (from the journal)" : "";
    progress.end((ok ? record.comparisons.front().verdict : store::to_string(record.outcome)) + std::string(kept));
    summary.records.push_back(std::move(record));
    if (const Json* const next = transcript.next(); next != nullptr && (*next)["event"] == kFailedEvent) {
      return fail(ErrorKind::kInternal, "{}", next->value("reason", ""));
    }
  }
  return {};
}

Status make_ledgers(const RunSetup& setup, const Json& run, RunSummary& summary) {
  std::map<std::string, CaseRecord> by_file;
  for (std::size_t i = 0; i < summary.records.size(); ++i) {
    by_file.emplace(run["records"][i].get<std::string>(), summary.records[i]);
  }
  for (const plan::Audit& audit : summary.audits) {
    ASSAY_TRY(std::vector<LedgerRow> rows, make_ledger(audit, by_file, setup.context.workloads));
    summary.ledgers.push_back(std::move(rows));
  }
  return {};
}

Status prepare(RunSetup& setup) {
  const RunRequest& request = setup.request;
  RunContext& context = setup.context;
  Plan& plan = setup.plan;
  ASSAY_TRY(context.catalog, read_catalog(request.plugins.empty() ? context.home.plugins : request.plugins));
  ASSAY_TRY(context.workloads, plan::read_workloads(context.home.workloads()));
  if (request.until_verdict && !request.audits.empty()) {
    return fail(
        ErrorKind::kUsage,
        "--until-verdict stops as soon as slower or faster is sure, which is no estimate to hold a claim against; "
        "leave it out with --audit");
  }
  plan.profile = request.profile;
  plan.seed = request.seed;
  context.reference = request.reference;
  ASSAY_CHECK(plan_suite_part(request, context, plan));
  ASSAY_CHECK(plan_audits(request, context, plan, setup.audits, setup.documents));
  ASSAY_CHECK(check_metrics(setup.audits));
  ASSAY_CHECK(check_plan(request, context, plan));
  if (request.budget_seconds) context.effort.budget_seconds = *request.budget_seconds;
  if (request.launches) context.effort.launches = *request.launches;
  if (request.limit_seconds) context.effort.limit_seconds = *request.limit_seconds;
  if (request.memory_mebibytes) context.effort.memory_bytes = *request.memory_mebibytes << 20;
  context.plugins = request.plugins;
  context.seed = plan.seed;
  context.thread_budget = request.threads;
  context.until_verdict = request.until_verdict;
  context.counts = request.counts;
  return open_machine(setup);
}

}  // namespace

Status note_end(const RunContext& context, Transcript& transcript, const Error& why, Json& run) {
  if (transcript.error()) return {};
  const bool interrupted = why.kind == ErrorKind::kInterrupted;
  const auto fields = [&] { return Json{{"utc", utc_now(context)}, {"reason", why.message}}; };
  ASSAY_CHECK(transcript.fact(interrupted ? "run_interrupted" : kFailedEvent, Json::object(), fields));
  run["interrupted"] = interrupted;
  return transcript.sync();
}

Json run_json(const RunSetup& setup) {
  Json json;
  json["schema"] = "assay-run/1";
  json["created_utc"] = setup.created_utc;
  json["finished_utc"] = nullptr;
  json["suite"] = or_null(setup.request.suite);
  json["audits"] = setup.request.audits;
  json["datasets"] = Json::array();
  for (const std::string& dataset : setup.plan.datasets()) json["datasets"].push_back(dataset);
  json["command"] = setup.request.command;
  json["seed"] = setup.plan.seed;
  json["environment"] = setup.context.environment;
  json["records"] = Json::array();
  json["ledgers"] = Json::array();
  json["interrupted"] = false;
  if (setup.context.home.simulated) json["simulated"] = true;
  return json;
}

Result<RunSummary> execute(RunSetup& setup, Transcript& transcript, ProgressLine& progress, const WriteFile& write) {
  RunSummary summary;
  summary.audits = std::move(setup.audits);
  Json run = run_json(setup);
  ASSAY_CHECK(write("run.json", run));
  Status done = run_cases(setup, transcript, progress, write, run, summary);
  if (done) done = make_ledgers(setup, run, summary);
  if (!done) {
    summary.cut_short = done.error();
    if (done.error().kind == ErrorKind::kResultsDiffer) return tl::unexpected(done.error());
    static_cast<void>(note_end(setup.context, transcript, done.error(), run));
    static_cast<void>(write("run.json", run));
    return summary;
  }
  const auto end = [&] { return Json{{"utc", utc_now(setup.context)}, {"records", summary.records.size()}}; };
  ASSAY_TRY(const Json finished, transcript.fact("run_finished", Json::object(), end));
  ASSAY_CHECK(transcript.sync());
  run["finished_utc"] = finished["utc"];
  for (std::size_t i = 0; i < summary.audits.size(); ++i) {
    const std::string file = "ledger-" + summary.audits[i].document + ".json";
    ASSAY_CHECK(write(file, to_json(summary.audits[i], summary.ledgers[i], finished.value("utc", ""))));
    run["ledgers"].push_back(file);
  }
  ASSAY_CHECK(write("run.json", run));
  return summary;
}

Result<RunSummary> run_all(const RunRequest& request, const Home& home, const std::atomic<bool>& interrupted) {
  RunSetup setup;
  setup.request = request;
  setup.context.home = home;
  setup.context.interrupted = &interrupted;
  ASSAY_CHECK(prepare(setup));
  fs::path folder;
  ASSAY_TRY(OpenRun run, begin_run(setup, folder));
  Transcript transcript(std::move(run.past), &run.journal);
  ProgressLine progress(stderr, request.quiet);
  const auto write = [&](const std::string& name, const Json& content) { return write_json(folder / name, content); };
  ASSAY_TRY(RunSummary summary, execute(setup, transcript, progress, write));
  summary.folder = folder;
  if (summary.cut_short) {
    return fail(summary.cut_short->kind, "{}; what was measured is in '{}'; go on with --resume '{}'",
                summary.cut_short->message, folder.string(), folder.string());
  }
  return summary;
}

int exit_code_of(const RunSummary& summary, bool enforce) {
  const auto any = [&](auto test) { return std::any_of(summary.records.begin(), summary.records.end(), test); };
  using store::Outcome;
  if (any([](const CaseRecord& r) { return r.outcome == Outcome::kNotEquivalent; })) {
    return static_cast<int>(ExitCode::kResultsDiffer);
  }
  if (any([](const CaseRecord& r) {
        return r.outcome == Outcome::kCrashed || r.outcome == Outcome::kFailed || r.outcome == Outcome::kTimedOut;
      })) {
    return static_cast<int>(ExitCode::kPlugin);
  }
  for (const auto& ledger : summary.ledgers) {
    for (const LedgerRow& row : ledger) {
      if (enforce && (row.verdict == "REFUTED" || row.verdict == "REVERSED")) {
        return static_cast<int>(ExitCode::kClaimRefuted);
      }
    }
  }
  return static_cast<int>(ExitCode::kFine);
}

}  // namespace assay::cli
