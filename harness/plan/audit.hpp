// The claims of one audited document, as read from audits/*.json.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/json.hpp"
#include "harness/core/result.hpp"
#include "harness/plan/suite.hpp"

namespace assay::plan {

enum class Expectation { kLess, kSame, kNothing };

// One figure of a claim, as candidate / baseline of a metric where less is better.
struct ClaimedEffect {
  std::string metric;                // "time/total", "memory/peak_live_bytes"
  std::string text;                  // as in the document: "15-25 %"
  std::optional<double> ratio_low;   // greatest effect claimed; none: open
  std::optional<double> ratio_high;  // least effect claimed; none: the document names no figure
  bool headline = false;
  Expectation expects = Expectation::kLess;  // what the document says of the metric, with or without figures
};

struct AuditClaim {
  std::string id;
  std::string title;
  int tier = 0;  // 0: the document gives none
  std::string domain;
  std::string statement;
  std::optional<std::string> stand;  // what the audited project did with it
  std::optional<std::string> note;
  std::optional<std::string> baseline;
  std::optional<std::string> candidate;
  std::optional<std::string> workload;
  Parameters parameters;
  std::vector<std::string> datasets;
  std::optional<std::string> untestable;  // the reason; set exactly when there is no pair of variants
  std::vector<ClaimedEffect> effects;
};

struct Audit {
  std::string document;
  std::string title;
  std::string source;
  std::string conventions;
  std::vector<AuditClaim> claims;
};

// Errors: kUsage, naming file, claim and key; also if a claim has neither variants nor a reason why not.
[[nodiscard]] Result<Audit> read_audit(const std::filesystem::path& file);
// The same of a document that was read already; where is its name for errors.
[[nodiscard]] Result<Audit> audit_from_json(const Json& json, const std::string& where);

// The cases that the testable claims need, on the wanted data sets (empty: the claims' own).
[[nodiscard]] Result<std::vector<CaseSpec>> plan_audit(const Audit& audit, const std::vector<std::string>& datasets,
                                                       const std::map<std::string, Workload>& workloads);

// The case of one claim on one data set. REQUIRES: the claim is testable and its workload exists.
[[nodiscard]] Result<CaseSpec> claim_case(const AuditClaim& claim, const std::string& dataset,
                                          const std::map<std::string, Workload>& workloads);

}  // namespace assay::plan
