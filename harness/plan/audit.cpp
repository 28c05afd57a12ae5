#include "harness/plan/audit.hpp"

#include <algorithm>

#include "harness/core/json.hpp"

namespace assay::plan {
namespace {

template <class T>
Result<std::optional<T>> optional_member(const Json& json, const std::string& where, const char* key) {
  if (json.at(key).is_null()) return std::optional<T>();
  ASSAY_TRY(T value, member<T>(json, where, key));
  return std::optional<T>(std::move(value));
}

// With figures always less; without figures the document must have said something, if only "nothing".
Result<Expectation> read_expectation(const Json& json, bool has_figures, const std::string& where) {
  if (has_figures == json.contains("expects")) {
    return fail(ErrorKind::kUsage, "{}: give either ratio_high or expects (less, same, nothing)", where);
  }
  if (has_figures) return Expectation::kLess;
  ASSAY_TRY(const std::string word, member<std::string>(json, where, "expects"));
  if (word == "less") return Expectation::kLess;
  if (word == "same") return Expectation::kSame;
  if (word == "nothing") return Expectation::kNothing;
  return fail(ErrorKind::kUsage, "{}: expects is '{}'; use less, same or nothing", where, word);
}

Result<ClaimedEffect> read_effect(const Json& json, const std::string& where) {
  ASSAY_CHECK(check_keys(json, where, {"metric", "claimed", "ratio_low", "ratio_high", "headline"}, {"expects"}));
  ClaimedEffect effect;
  ASSAY_TRY(effect.metric, member<std::string>(json, where, "metric"));
  ASSAY_TRY(effect.text, member<std::string>(json, where, "claimed"));
  ASSAY_TRY(effect.ratio_low, optional_member<double>(json, where, "ratio_low"));
  ASSAY_TRY(effect.ratio_high, optional_member<double>(json, where, "ratio_high"));
  ASSAY_TRY(effect.headline, member<bool>(json, where, "headline"));
  ASSAY_TRY(effect.expects, read_expectation(json, effect.ratio_high.has_value(), where));
  return effect;
}

Status check_claim(const AuditClaim& claim, const std::string& where) {
  for (const ClaimedEffect& effect : claim.effects) {
    if (effect.headline && effect.expects == Expectation::kNothing) {
      return fail(ErrorKind::kUsage, "{}: the headline '{}' expects nothing, so it decides nothing", where,
                  effect.metric);
    }
  }
  const bool has_pair = claim.baseline && claim.candidate && claim.workload;
  if (has_pair == claim.untestable.has_value()) {
    return fail(ErrorKind::kUsage, "{}: give either baseline, candidate and workload, or untestable with its reason",
                where);
  }
  if (has_pair && claim.datasets.empty()) return fail(ErrorKind::kUsage, "{}: datasets is empty", where);
  const auto headlines = std::count_if(claim.effects.begin(), claim.effects.end(),
                                       [](const ClaimedEffect& effect) { return effect.headline; });
  if (headlines != 1) return fail(ErrorKind::kUsage, "{}: {} effects are headlines, expected one", where, headlines);
  return {};
}

Result<AuditClaim> read_claim(const Json& json, const std::string& file) {
  const std::string where = file + ": claim " + short_text(json.is_object() ? json.value("id", Json()) : json);
  ASSAY_CHECK(check_keys(json, where,
                         {"id", "title", "tier", "domain", "statement", "stand", "note", "baseline", "candidate",
                          "workload", "parameters", "datasets", "untestable", "effects"}));
  AuditClaim claim;
  ASSAY_TRY(claim.id, member<std::string>(json, where, "id"));
  ASSAY_TRY(claim.title, member<std::string>(json, where, "title"));
  ASSAY_TRY(claim.tier, member<int>(json, where, "tier"));
  ASSAY_TRY(claim.domain, member<std::string>(json, where, "domain"));
  ASSAY_TRY(claim.statement, member<std::string>(json, where, "statement"));
  ASSAY_TRY(claim.stand, optional_member<std::string>(json, where, "stand"));
  ASSAY_TRY(claim.note, optional_member<std::string>(json, where, "note"));
  ASSAY_TRY(claim.baseline, optional_member<std::string>(json, where, "baseline"));
  ASSAY_TRY(claim.candidate, optional_member<std::string>(json, where, "candidate"));
  ASSAY_TRY(claim.workload, optional_member<std::string>(json, where, "workload"));
  ASSAY_TRY(claim.parameters, member<Parameters>(json, where, "parameters"));
  ASSAY_TRY(claim.datasets, member<std::vector<std::string>>(json, where, "datasets"));
  if (!json["untestable"].is_null()) {
    ASSAY_CHECK(check_keys(json["untestable"], where + ": untestable", {"reason"}));
    ASSAY_TRY(claim.untestable, member<std::string>(json["untestable"], where, "reason"));
  }
  ASSAY_TRY(const auto effects, member<Json::array_t>(json, where, "effects"));
  for (const Json& entry : effects) {
    ASSAY_TRY(ClaimedEffect effect, read_effect(entry, where));
    claim.effects.push_back(std::move(effect));
  }
  ASSAY_CHECK(check_claim(claim, where));
  return claim;
}

}  // namespace

Result<Audit> read_audit(const std::filesystem::path& file) {
  ASSAY_TRY(const Json json, read_json(file));
  return audit_from_json(json, file.string());
}

Result<Audit> audit_from_json(const Json& json, const std::string& where) {
  ASSAY_CHECK(check_keys(json, where, {"schema", "document", "title", "source", "conventions", "claims"}));
  if (json["schema"] != "assay-audit/1") {
    return fail(ErrorKind::kUsage, "{}: schema is {}, expected \"assay-audit/1\"", where, json["schema"].dump());
  }
  Audit audit;
  ASSAY_TRY(audit.document, member<std::string>(json, where, "document"));
  ASSAY_TRY(audit.title, member<std::string>(json, where, "title"));
  ASSAY_TRY(audit.source, member<std::string>(json, where, "source"));
  ASSAY_TRY(audit.conventions, member<std::string>(json, where, "conventions"));
  ASSAY_TRY(const auto claims, member<Json::array_t>(json, where, "claims"));
  for (const Json& entry : claims) {
    ASSAY_TRY(AuditClaim claim, read_claim(entry, where));
    const auto same_id = [&](const AuditClaim& other) { return other.id == claim.id; };
    if (std::any_of(audit.claims.begin(), audit.claims.end(), same_id)) {
      return fail(ErrorKind::kUsage, "{}: claim id '{}' is used twice; give each claim its own", where, claim.id);
    }
    audit.claims.push_back(std::move(claim));
  }
  return audit;
}

Result<CaseSpec> claim_case(const AuditClaim& claim, const std::string& dataset,
                            const std::map<std::string, Workload>& workloads) {
  ASSAY_TRY(const Workload* workload, find_workload(workloads, *claim.workload, "claim " + claim.id));
  ASSAY_TRY(Parameters parameters, complete_parameters(*workload, claim.parameters));
  return CaseSpec{*claim.workload, std::move(parameters), *claim.baseline, *claim.candidate, dataset};
}

Result<std::vector<CaseSpec>> plan_audit(const Audit& audit, const std::vector<std::string>& datasets,
                                         const std::map<std::string, Workload>& workloads) {
  std::vector<CaseSpec> plan;
  for (const AuditClaim& claim : audit.claims) {
    if (claim.untestable) continue;
    for (const std::string& dataset : claim.datasets) {
      const bool wanted = datasets.empty() || std::find(datasets.begin(), datasets.end(), dataset) != datasets.end();
      if (!wanted) continue;
      ASSAY_TRY(CaseSpec spec, claim_case(claim, dataset, workloads));
      add_cases(plan, {std::move(spec)});
    }
  }
  return plan;
}

}  // namespace assay::plan
