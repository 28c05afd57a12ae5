#include "harness/plan/suite.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

#include "harness/core/json.hpp"

namespace assay::plan {
namespace {

Result<SuiteCase> read_case(const Json& json, const std::string& where) {
  ASSAY_CHECK(check_keys(json, where, {"workload", "parameters", "baseline", "candidate"}, {"datasets"}));
  SuiteCase entry;
  ASSAY_TRY(entry.workload, member<std::string>(json, where, "workload"));
  ASSAY_TRY(entry.parameters, member<Parameters>(json, where, "parameters"));
  ASSAY_TRY(entry.baseline, member<std::string>(json, where, "baseline"));
  ASSAY_TRY(entry.candidate, member<std::string>(json, where, "candidate"));
  if (json.contains("datasets")) {
    ASSAY_TRY(entry.datasets, member<std::vector<std::string>>(json, where, "datasets"));
  }
  return entry;
}

template <class T>
Result<T> positive_member(const Json& json, const std::string& where, const char* key) {
  ASSAY_TRY(const T value, member<T>(json, where, key));
  if (value > 0) return value;
  return fail(ErrorKind::kUsage, "{}: key '{}' cannot be {}; it must be greater than 0", where, key, value);
}

Result<Effort> read_effort(const Json& json, const std::string& where) {
  Effort effort;
  ASSAY_TRY(effort.budget_seconds, positive_member<double>(json, where, "budget_seconds"));
  ASSAY_TRY(effort.launches, positive_member<std::uint32_t>(json, where, "launches"));
  const Json& limits = json["limits"];
  const std::string place = where + ": limits";
  ASSAY_CHECK(check_keys(limits, place, {"seconds", "memory_bytes"}));
  ASSAY_TRY(effort.limit_seconds, positive_member<double>(limits, place, "seconds"));
  ASSAY_TRY(effort.memory_bytes, positive_member<std::uint64_t>(limits, place, "memory_bytes"));
  return effort;
}

}  // namespace

std::string cell_id(const CaseSpec& spec) {
  std::string id = spec.workload;
  for (const auto& [name, value] : spec.parameters) id += " " + name + "=" + value;
  return id + " " + spec.dataset + " " + spec.baseline;
}

std::string case_id(const CaseSpec& spec) {
  return cell_id(spec) + ".." + spec.candidate;
}

std::string record_name(const CaseSpec& spec) {
  std::string name = case_id(spec);
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0 && c != '.' && c != '-'; }, '_');
  return name + ".json";
}

Result<Suite> read_suite(const std::filesystem::path& file) {
  const std::string where = file.string();
  ASSAY_TRY(const Json json, read_json(file));
  ASSAY_CHECK(check_keys(json, where,
                         {"schema", "id", "summary", "seed", "profile", "datasets", "cases", "budget_seconds",
                          "launches", "reference", "limits"}));
  if (json["schema"] != "assay-suite/1") {
    return fail(ErrorKind::kUsage, "{}: schema is {}, expected \"assay-suite/1\"", where, json["schema"].dump());
  }
  Suite suite;
  ASSAY_TRY(suite.id, member<std::string>(json, where, "id"));
  ASSAY_TRY(suite.summary, member<std::string>(json, where, "summary"));
  ASSAY_TRY(suite.seed, member<std::uint64_t>(json, where, "seed"));
  ASSAY_TRY(suite.profile, member<std::string>(json, where, "profile"));
  ASSAY_TRY(suite.datasets, member<std::vector<std::string>>(json, where, "datasets"));
  ASSAY_TRY(suite.effort, read_effort(json, where));
  if (!json["reference"].is_null()) {
    ASSAY_TRY(suite.reference, member<std::string>(json, where, "reference"));
  }
  ASSAY_TRY(const auto cases, member<Json::array_t>(json, where, "cases"));
  for (const Json& entry : cases) {
    ASSAY_TRY(SuiteCase suite_case, read_case(entry, where + ": cases"));
    suite.cases.push_back(std::move(suite_case));
  }
  return suite;
}

Result<std::filesystem::path> find_by_id(const std::filesystem::path& folder, const std::string& what,
                                         const std::string& id) {
  const std::filesystem::path file = folder / (id + ".json");
  if (std::filesystem::exists(file)) return file;
  std::vector<std::string> known;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".json") known.push_back(entry.path().stem().string());
  }
  std::sort(known.begin(), known.end());
  return fail(ErrorKind::kUsage, "no {} '{}' in '{}'; there is: {}", what, id, folder.string(), fmt::join(known, ", "));
}

Result<std::vector<CaseSpec>> plan_suite(const Suite& suite, const std::vector<std::string>& datasets,
                                         const std::map<std::string, Workload>& workloads) {
  std::vector<CaseSpec> plan;
  for (const SuiteCase& entry : suite.cases) {
    ASSAY_TRY(const Workload* workload, find_workload(workloads, entry.workload, "suite '" + suite.id + "'"));
    ASSAY_TRY(const Parameters parameters, complete_parameters(*workload, entry.parameters));
    const std::vector<std::string>& own = entry.datasets.empty() ? suite.datasets : entry.datasets;
    for (const std::string& dataset : own) {
      const bool wanted = datasets.empty() || std::find(datasets.begin(), datasets.end(), dataset) != datasets.end();
      if (wanted) add_cases(plan, {{entry.workload, parameters, entry.baseline, entry.candidate, dataset}});
    }
  }
  return plan;
}

void add_cases(std::vector<CaseSpec>& plan, const std::vector<CaseSpec>& more) {
  for (const CaseSpec& spec : more) {
    if (std::find(plan.begin(), plan.end(), spec) == plan.end()) plan.push_back(spec);
  }
}

}  // namespace assay::plan
