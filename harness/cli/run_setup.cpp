#include "harness/cli/run_setup.hpp"

#include <set>

#include "harness/cli/arms.hpp"
#include "harness/core/sha256.hpp"
#include "harness/store/journal_line.hpp"
#include "harness/store/record_reader.hpp"

namespace assay::cli {
namespace {

constexpr const char* kWhere = "run_started";

Json to_json(const plan::Effort& effort) {
  static_assert(sizeof(plan::Effort) == 32, "a field was added to Effort: name it here and in effort_from_json too");
  return {{"budget_seconds", effort.budget_seconds},
          {"launches", effort.launches},
          {"limit_seconds", effort.limit_seconds},
          {"memory_bytes", effort.memory_bytes}};
}

Result<plan::Effort> effort_from_json(const Json& json) {
  plan::Effort effort;
  ASSAY_TRY(effort.budget_seconds, member<double>(json, "effort", "budget_seconds"));
  ASSAY_TRY(effort.launches, member<std::uint32_t>(json, "effort", "launches"));
  ASSAY_TRY(effort.limit_seconds, member<double>(json, "effort", "limit_seconds"));
  ASSAY_TRY(effort.memory_bytes, member<std::uint64_t>(json, "effort", "memory_bytes"));
  return effort;
}

Json to_json(const plan::CaseSpec& spec) {
  return {{"workload", spec.workload},
          {"parameters", spec.parameters},
          {"baseline", spec.baseline},
          {"candidate", spec.candidate},
          {"dataset", spec.dataset}};
}

Result<plan::CaseSpec> case_from_json(const Json& json) {
  plan::CaseSpec spec;
  ASSAY_TRY(spec.workload, member<std::string>(json, "case", "workload"));
  ASSAY_TRY(spec.parameters, member<plan::Parameters>(json, "case", "parameters"));
  ASSAY_TRY(spec.baseline, member<std::string>(json, "case", "baseline"));
  ASSAY_TRY(spec.candidate, member<std::string>(json, "case", "candidate"));
  ASSAY_TRY(spec.dataset, member<std::string>(json, "case", "dataset"));
  return spec;
}

Json to_json(const CatalogEntry& variant) {
  return {{"id", variant.info.id},
          {"summary", variant.info.summary},
          {"module", variant.module.filename().string()},
          {"sha256", or_null(variant.sha256)},
          {"build", variant.info.build},
          {"needs", variant.info.needs}};
}

Result<CatalogEntry> variant_from_json(const Json& json) {
  CatalogEntry variant;
  ASSAY_TRY(variant.info.id, member<std::string>(json, "variant", "id"));
  ASSAY_TRY(variant.info.summary, member<std::string>(json, "variant", "summary"));
  ASSAY_TRY(variant.module, member<std::string>(json, "variant", "module"));
  ASSAY_TRY(variant.sha256, member<std::string>(json, "variant", "sha256"));
  ASSAY_TRY(variant.info.build, member<std::string>(json, "variant", "build"));
  ASSAY_TRY(variant.info.needs, member<std::vector<std::string>>(json, "variant", "needs"));
  return variant;
}

// The variants that take part, each with the digest of its module.
Result<Json> variants_json(const RunSetup& setup, Catalog& catalog) {
  std::set<std::string> ids;
  for (const plan::CaseSpec& spec : setup.plan.cases) ids.insert({spec.baseline, spec.candidate});
  if (setup.context.reference) ids.insert(*setup.context.reference);
  Json variants = Json::array();
  for (const std::string& id : ids) {
    const auto variant = catalog.variants.find(id);
    if (variant == catalog.variants.end()) continue;  // a gate says so itself; a run has checked
    ASSAY_TRY(variant->second.sha256, sha256_file(variant->second.module));
    variants.push_back(to_json(variant->second));
  }
  return variants;
}

Result<Json> programs_json(const Home& home) {
  ASSAY_TRY(const std::string host, sha256_file("/proc/self/exe"));
  ASSAY_TRY(const std::string worker, sha256_file(home.worker));
  Json programs{{"assay", host}, {home.worker.filename().string(), worker}};
  if (!home.malloc_counter.empty()) {
    ASSAY_TRY(programs["malloc counter"], sha256_file(home.malloc_counter));
  }
  return programs;
}

template <class T>
Result<std::optional<T>> optional_member(const Json& json, const char* key) {
  if (json.contains(key) && json[key].is_null()) return std::optional<T>();
  ASSAY_TRY(T value, member<T>(json, kWhere, key));
  return std::optional<T>(std::move(value));
}

// Every element of an array, read by `read`.
template <class Read, class Keep>
Status for_each(const Json& header, const char* key, Read read, Keep keep) {
  ASSAY_TRY(const auto entries, member<Json::array_t>(header, kWhere, key));
  for (const Json& entry : entries) {
    ASSAY_TRY(auto value, read(entry));
    keep(std::move(value));
  }
  return {};
}

Result<Catalog> catalog_from_json(const Json& header, const char* key) {
  Catalog catalog;
  ASSAY_CHECK(for_each(header, key, variant_from_json,
                       [&](CatalogEntry variant) { catalog.variants.insert_or_assign(variant.info.id, variant); }));
  return catalog;
}

}  // namespace

std::set<std::string> Plan::datasets() const {
  std::set<std::string> names;
  for (const plan::CaseSpec& spec : cases) names.insert(spec.dataset);
  return names;
}

Result<Json> make_header(RunSetup& setup) {
  Json header;
  header["format"] = store::kJournalFormat;
  header["utc"] = setup.created_utc;
  header["command"] = setup.request.command;
  header["suite"] = or_null(setup.request.suite);
  header["audits"] = setup.request.audits;
  header["seed"] = setup.plan.seed;
  header["profile"] = setup.plan.profile;
  header["effort"] = to_json(setup.context.effort);
  header["thread_budget"] = setup.context.thread_budget;
  header["until_verdict"] = setup.context.until_verdict;
  header["counts"] = {{"instructions", setup.context.counts.instructions}, {"syscalls", setup.context.counts.syscalls}};
  header["reference"] = or_null(setup.context.reference);
  header["plugins"] = setup.context.plugins.string();
  header["cases"] = Json::array();
  for (const plan::CaseSpec& spec : setup.plan.cases) header["cases"].push_back(to_json(spec));
  header["datasets"] = Json::array();
  for (const auto& entry : setup.context.datasets) {
    header["datasets"].push_back(store::to_json(describe_dataset(setup.context, entry.first)));
  }
  ASSAY_TRY(header["variants"], variants_json(setup, setup.context.catalog));
  if (setup.context.head) {
    ASSAY_TRY(header["head"], variants_json(setup, *setup.context.head));
  }
  ASSAY_TRY(header["programs"], programs_json(setup.context.home));
  header["workloads"] = Json::array();
  for (const auto& entry : setup.context.workloads) {
    ASSAY_TRY(const Json document, read_json(entry.second.file));
    header["workloads"].push_back(document);
  }
  header["documents"] = setup.documents;
  if (!setup.policy.is_null()) header["policy"] = setup.policy;
  if (!setup.gate.is_null()) header["gate"] = setup.gate;
  header["simulated"] = setup.context.home.simulated;
  header["environment"] = setup.context.environment;
  return header;
}

Result<RunSetup> setup_from_header(const Json& header) {
  RunSetup setup;
  RunContext& context = setup.context;
  ASSAY_TRY(setup.created_utc, member<std::string>(header, kWhere, "utc"));
  ASSAY_TRY(setup.request.command, member<std::string>(header, kWhere, "command"));
  ASSAY_TRY(setup.request.suite, optional_member<std::string>(header, "suite"));
  ASSAY_TRY(setup.request.audits, member<std::vector<std::string>>(header, kWhere, "audits"));
  ASSAY_TRY(setup.plan.seed, member<std::uint64_t>(header, kWhere, "seed"));
  ASSAY_TRY(setup.plan.profile, member<std::string>(header, kWhere, "profile"));
  context.seed = setup.plan.seed;
  ASSAY_TRY(const Json effort, member<Json>(header, kWhere, "effort"));
  ASSAY_TRY(context.effort, effort_from_json(effort));
  ASSAY_TRY(context.thread_budget, member<std::uint32_t>(header, kWhere, "thread_budget"));
  ASSAY_TRY(context.until_verdict, member<bool>(header, kWhere, "until_verdict"));
  ASSAY_TRY(const Json counts, member<Json>(header, kWhere, "counts"));
  ASSAY_TRY(context.counts.instructions, member<bool>(counts, kWhere, "instructions"));
  ASSAY_TRY(context.counts.syscalls, member<bool>(counts, kWhere, "syscalls"));
  ASSAY_TRY(context.reference, optional_member<std::string>(header, "reference"));
  ASSAY_TRY(context.plugins, member<std::string>(header, kWhere, "plugins"));
  ASSAY_TRY(context.home.simulated, member<bool>(header, kWhere, "simulated"));
  ASSAY_TRY(context.environment, member<Json>(header, kWhere, "environment"));
  ASSAY_CHECK(for_each(header, "cases", case_from_json,
                       [&](plan::CaseSpec spec) { setup.plan.cases.push_back(std::move(spec)); }));
  ASSAY_CHECK(for_each(header, "datasets", store::dataset_from_json, [&](store::DatasetRecord dataset) {
    context.dataset_records.insert_or_assign(dataset.name, dataset);
  }));
  ASSAY_TRY(context.catalog, catalog_from_json(header, "variants"));
  if (header.contains("head")) {
    ASSAY_TRY(context.head, catalog_from_json(header, "head"));
    ASSAY_TRY(setup.policy, member<Json>(header, kWhere, "policy"));
    ASSAY_TRY(setup.gate, member<Json>(header, kWhere, "gate"));
  }
  ASSAY_CHECK(for_each(
      header, "workloads", [](const Json& json) { return plan::workload_from_json(json, kWhere); },
      [&](plan::Workload workload) { context.workloads.insert_or_assign(workload.id, workload); }));
  ASSAY_CHECK(for_each(
      header, "documents", [](const Json& json) { return plan::audit_from_json(json, kWhere); },
      [&](plan::Audit audit) { setup.audits.push_back(std::move(audit)); }));
  return setup;
}

}  // namespace assay::cli
