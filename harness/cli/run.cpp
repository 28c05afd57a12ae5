#include "harness/cli/run.hpp"

#include <fmt/ranges.h>
#include <sched.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "harness/cli/analysis.hpp"
#include "harness/cli/dataset_cache.hpp"
#include "harness/cli/experiment.hpp"
#include "harness/cli/terminal.hpp"
#include "harness/core/exit_code.hpp"
#include "harness/core/files.hpp"
#include "harness/measure/environment.hpp"
#include "harness/store/time_text.hpp"

namespace assay::cli {
namespace {

namespace fs = std::filesystem;
using store::CaseRecord;

struct Plan {
  std::vector<plan::CaseSpec> cases;
  std::string profile;
  std::uint64_t seed = 42;
};

// The CPUs this process may run on: in a container or under taskset fewer than the machine has.
std::vector<int> allowed_cpus() {
  cpu_set_t set;
  CPU_ZERO(&set);
  std::vector<int> cpus;
  if (::sched_getaffinity(0, sizeof set, &set) != 0) return cpus;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(static_cast<unsigned>(cpu), &set)) cpus.push_back(cpu);
  }
  return cpus;
}

// The host keeps the first CPU it may use and the workers get the last ones, where there are enough.
std::vector<int> pin(std::uint32_t threads) {
  const std::vector<int> cpus = allowed_cpus();
  if (cpus.size() < 2 || threads > cpus.size() - 1) return {};
  cpu_set_t host;
  CPU_ZERO(&host);
  CPU_SET(static_cast<unsigned>(cpus.front()), &host);
  if (::sched_setaffinity(0, sizeof host, &host) != 0) return {};
  return {cpus.end() - threads, cpus.end()};
}

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

Status plan_audits(const RunRequest& request, const RunContext& context, Plan& plan, std::vector<plan::Audit>& audits) {
  for (const std::string& id : request.audits) {
    ASSAY_TRY(const fs::path file, plan::find_by_id(context.home.audits(), "audit", id));
    ASSAY_TRY(plan::Audit audit, plan::read_audit(file));
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
  if (plan.cases.empty()) {
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

Status open_datasets(const RunRequest& request, const Plan& plan, RunContext& context) {
  std::set<std::string> names;
  for (const plan::CaseSpec& spec : plan.cases) names.insert(spec.dataset);
  for (const std::string& name : names) {
    ASSAY_TRY(const fs::path folder, ensure_dataset(context.home, name, plan.profile, plan.seed, request.quiet));
    ASSAY_TRY(datasets::Dataset dataset, datasets::Dataset::open(folder));
    ASSAY_CHECK(dataset.verify());
    context.dataset_folders[name] = folder;
    context.datasets.emplace(name, std::move(dataset));
  }
  return {};
}

Json run_json(const RunRequest& request, const RunContext& context, const Plan& plan, const std::string& created) {
  Json json;
  json["schema"] = "assay-run/1";
  json["created_utc"] = created;
  json["finished_utc"] = nullptr;
  json["suite"] = or_null(request.suite);
  json["audits"] = request.audits;
  json["datasets"] = Json::array();
  for (const auto& dataset : context.datasets) json["datasets"].push_back(dataset.first);
  json["command"] = request.command;
  json["seed"] = plan.seed;
  json["environment"] = context.environment;
  json["records"] = Json::array();
  json["ledgers"] = Json::array();
  json["interrupted"] = false;
  return json;
}

std::string now_text() {
  return store::utc_text(std::chrono::system_clock::now());
}

// Runs the cases in order; stops at the first that could not be brought to an outcome.
Status run_cases(const std::vector<plan::CaseSpec>& cases, RunContext& context, store::Journal& journal,
                 ProgressLine& progress, Json& run, RunSummary& summary) {
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const plan::CaseSpec& spec = cases[i];
    progress.begin(spec.dataset + " " + spec.baseline + " -> " + spec.candidate, i + 1, cases.size());
    ASSAY_TRY(CaseRecord record, run_case(context, spec, journal, [&](double done) { progress.advance(done); }));
    const std::string file = plan::record_name(spec);
    ASSAY_CHECK(write_json(summary.folder / "records" / file, to_json(record)));
    run["records"].push_back(file);
    ASSAY_CHECK(write_json(summary.folder / "run.json", run));
    const bool ok = record.outcome == store::Outcome::kOk && !record.comparisons.empty();
    progress.end(ok ? record.comparisons.front().verdict : store::to_string(record.outcome));
    summary.records.push_back(std::move(record));
  }
  return {};
}

Status write_ledgers(const RunContext& context, Json& run, RunSummary& summary) {
  std::map<std::string, CaseRecord> by_file;
  for (std::size_t i = 0; i < summary.records.size(); ++i) {
    by_file.emplace(run["records"][i].get<std::string>(), summary.records[i]);
  }
  for (const plan::Audit& audit : summary.audits) {
    ASSAY_TRY(std::vector<LedgerRow> rows, make_ledger(audit, by_file, context.workloads));
    const std::string file = "ledger-" + audit.document + ".json";
    ASSAY_CHECK(write_json(summary.folder / file, to_json(audit, rows, now_text())));
    run["ledgers"].push_back(file);
    summary.ledgers.push_back(std::move(rows));
  }
  return {};
}

Status prepare(const RunRequest& request, RunContext& context, Plan& plan, std::vector<plan::Audit>& audits) {
  ASSAY_TRY(context.catalog, read_catalog(request.plugins.empty() ? context.home.plugins : request.plugins));
  ASSAY_TRY(context.workloads, plan::read_workloads(context.home.workloads()));
  plan.profile = request.profile;
  plan.seed = request.seed;
  context.reference = request.reference;
  ASSAY_CHECK(plan_suite_part(request, context, plan));
  ASSAY_CHECK(plan_audits(request, context, plan, audits));
  ASSAY_CHECK(check_metrics(audits));
  ASSAY_CHECK(check_plan(request, context, plan));
  if (request.budget_seconds) context.effort.budget_seconds = *request.budget_seconds;
  if (request.launches) context.effort.launches = *request.launches;
  if (request.limit_seconds) context.effort.limit_seconds = *request.limit_seconds;
  if (request.memory_mebibytes) context.effort.memory_bytes = *request.memory_mebibytes << 20;
  context.plugins = request.plugins;
  context.seed = plan.seed;
  context.thread_budget = request.threads;
  context.counts = request.counts;
  ASSAY_CHECK(open_datasets(request, plan, context));
  context.worker_cpus = pin(request.threads);
  context.environment = measure::read_environment(context.home.root);
  context.environment["pinned_cpus"] = context.worker_cpus.empty() ? Json(nullptr) : Json(context.worker_cpus);
  return {};
}

}  // namespace

Result<fs::path> make_run_folder(const RunRequest& request, const Home& home) {
  fs::path folder = request.output;
  if (folder.empty()) {
    const std::string what = request.suite.value_or(request.audits.empty() ? "compare" : request.audits.front());
    const std::string stamp = store::utc_stamp(std::chrono::system_clock::now()) + "-" + what;
    folder = home.runs() / stamp;
    for (int i = 2; fs::exists(folder); ++i) folder = home.runs() / (stamp + "-" + std::to_string(i));
  } else if (fs::exists(folder / "journal.jsonl")) {
    return fail(ErrorKind::kUsage, "'{}' already holds a run; give another folder or remove it", folder.string());
  }
  ASSAY_CHECK(make_folder(folder / "records"));
  return folder;
}

Result<RunSummary> run_all(const RunRequest& request, const Home& home, const std::atomic<bool>& interrupted) {
  RunContext context;
  context.home = home;
  context.interrupted = &interrupted;
  RunSummary summary;
  Plan plan;
  ASSAY_CHECK(prepare(request, context, plan, summary.audits));
  ASSAY_TRY(summary.folder, make_run_folder(request, home));
  ASSAY_TRY(store::Journal journal, store::Journal::create(summary.folder / "journal.jsonl"));
  Json run = run_json(request, context, plan, now_text());
  ASSAY_CHECK(write_json(summary.folder / "run.json", run));
  ASSAY_CHECK(
      journal.append("run_started", {{"command", request.command}, {"utc", now_text()}, {"cases", plan.cases.size()}}));

  ProgressLine progress(stderr, request.quiet);
  const Status done = run_cases(plan.cases, context, journal, progress, run, summary);
  run["finished_utc"] = done ? Json(now_text()) : Json(nullptr);
  run["interrupted"] = !done && done.error().kind == ErrorKind::kInterrupted;
  if (!done) {
    static_cast<void>(write_json(summary.folder / "run.json", run));
    static_cast<void>(journal.append(run["interrupted"] ? "run_interrupted" : "run_failed",
                                     {{"utc", now_text()}, {"reason", done.error().message}}));
    return fail(done.error().kind, "{}; what was measured is in '{}'", done.error().message, summary.folder.string());
  }
  ASSAY_CHECK(write_ledgers(context, run, summary));
  ASSAY_CHECK(write_json(summary.folder / "run.json", run));
  ASSAY_CHECK(journal.append("run_finished", {{"utc", now_text()}, {"records", summary.records.size()}}));
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
