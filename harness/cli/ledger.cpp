#include "harness/cli/ledger.hpp"

#include <algorithm>

#include "harness/cli/analysis.hpp"
#include "harness/stats/claim.hpp"

namespace assay::cli {
namespace {

using store::CaseRecord;
using store::Outcome;

std::uint64_t row_count(const CaseRecord& record) {
  std::uint64_t rows = 0;
  for (const auto& table : record.dataset.rows) rows += table.second;
  return rows;
}

stats::Claim to_claim(const plan::ClaimedEffect& effect) {
  const bool has_figures = effect.ratio_high.has_value();
  const bool same = effect.expects == plan::Expectation::kSame;
  const auto kind = has_figures ? stats::ClaimKind::kFigures
                    : same      ? stats::ClaimKind::kNeutral
                                : stats::ClaimKind::kDirection;
  return {kind, effect.ratio_low, effect.ratio_high};
}

void fill_from_measurement(LedgerResult& result, const MeasuredMetric& measured) {
  if (!measured.measured) {
    result.verdict = "INCONCLUSIVE";
    result.reason = "not measured";
    return;
  }
  stats::ClaimJudgement judgement;
  if (measured.exact) {
    result.ratio = measured.counts.ratio;
    judgement = stats::judge_claim(to_claim(result.claimed), measured.counts);
  } else {
    result.ratio = measured.paired.ratio;
    if (const auto& interval = measured.paired.interval95) {
      result.low = interval->low;
      result.high = interval->high;
    }
    judgement = stats::judge_claim(to_claim(result.claimed), measured.paired, measured.verdict);
  }
  const bool claimed = result.claimed.expects != plan::Expectation::kNothing;
  result.verdict = claimed ? std::string(stats::to_string(judgement.verdict)) : "NO_CLAIM";
  result.reason = claimed ? std::optional(std::string(stats::to_string(judgement.reason))) : std::nullopt;
}

Result<LedgerResult> judge_effect(const plan::ClaimedEffect& effect, const std::string& file,
                                  const CaseRecord& record) {
  LedgerResult result;
  result.claimed = effect;
  result.dataset = record.dataset.name;
  result.record = file;
  if (record.outcome == Outcome::kOk) {
    ASSAY_TRY(const MeasuredMetric measured, measured_metric(record, effect.metric));
    fill_from_measurement(result, measured);
    return result;
  }
  result.verdict = record.outcome == Outcome::kNotEquivalent ? "NOT_EQUIVALENT" : "UNTESTABLE";
  result.reason = std::string(store::to_string(record.outcome)) + ": " + record.reason.value_or("no reason given");
  return result;
}

// The headline result that decides; results come with the largest data set first.
const LedgerResult& deciding(const std::vector<LedgerResult>& results) {
  const LedgerResult* chosen = nullptr;
  for (const LedgerResult& result : results) {
    if (result.verdict == "NOT_EQUIVALENT") return result;
    if (!result.claimed.headline) continue;
    if (chosen == nullptr || (chosen->verdict == "UNTESTABLE" && result.verdict != "UNTESTABLE")) chosen = &result;
  }
  return *chosen;
}

LedgerRow untested(const plan::AuditClaim& claim, const std::string& reason) {
  LedgerRow row;
  row.claim = &claim;
  row.verdict = "UNTESTABLE";
  row.reason = reason;
  for (const plan::ClaimedEffect& effect : claim.effects) {
    row.results.push_back({effect, "", "", {}, {}, {}, "UNTESTABLE", reason});
  }
  return row;
}

Result<LedgerRow> make_row(const plan::AuditClaim& claim, const std::map<std::string, CaseRecord>& records,
                           const std::map<std::string, plan::Workload>& workloads) {
  if (claim.untestable) return untested(claim, *claim.untestable);
  std::vector<std::pair<std::string, const CaseRecord*>> found;
  for (const std::string& dataset : claim.datasets) {
    ASSAY_TRY(const plan::CaseSpec spec, claim_case(claim, dataset, workloads));
    const auto record = records.find(record_name(spec));
    if (record != records.end()) found.emplace_back(record->first, &record->second);
  }
  if (found.empty()) return untested(claim, "not part of this run");
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return row_count(*a.second) > row_count(*b.second); });
  LedgerRow row;
  row.claim = &claim;
  for (const auto& [file, record] : found) {
    for (const plan::ClaimedEffect& effect : claim.effects) {
      ASSAY_TRY(LedgerResult result, judge_effect(effect, file, *record));
      row.results.push_back(std::move(result));
    }
  }
  const LedgerResult& decision = deciding(row.results);
  row.verdict = decision.verdict;
  row.reason = decision.reason;
  return row;
}

Json result_json(const LedgerResult& result) {
  Json json;
  json["dataset"] = result.dataset.empty() ? Json(nullptr) : Json(result.dataset);
  json["record"] = result.record.empty() ? Json(nullptr) : Json(result.record);
  json["metric"] = result.claimed.metric;
  json["claimed"] = {{"text", result.claimed.text},
                     {"ratio_low", or_null(result.claimed.ratio_low)},
                     {"ratio_high", or_null(result.claimed.ratio_high)}};
  json["measured"] = nullptr;
  if (result.ratio) {
    json["measured"] = {{"ratio", *result.ratio}, {"low", or_null(result.low)}, {"high", or_null(result.high)}};
  }
  json["verdict"] = result.verdict;
  json["reason"] = or_null(result.reason);
  json["headline"] = result.claimed.headline;
  return json;
}

}  // namespace

Result<std::vector<LedgerRow>> make_ledger(const plan::Audit& audit, const std::map<std::string, CaseRecord>& records,
                                           const std::map<std::string, plan::Workload>& workloads) {
  std::vector<LedgerRow> rows;
  for (const plan::AuditClaim& claim : audit.claims) {
    ASSAY_TRY(LedgerRow row, make_row(claim, records, workloads));
    rows.push_back(std::move(row));
  }
  return rows;
}

Json to_json(const plan::Audit& audit, const std::vector<LedgerRow>& rows, const std::string& created_utc) {
  Json json;
  json["schema"] = "assay-ledger/1";
  json["document"] = audit.document;
  json["title"] = audit.title;
  json["source"] = audit.source;
  json["created_utc"] = created_utc;
  json["rows"] = Json::array();
  for (const LedgerRow& row : rows) {
    const plan::AuditClaim& claim = *row.claim;
    Json entry;
    entry["id"] = claim.id;
    entry["title"] = claim.title;
    entry["tier"] = claim.tier;
    entry["domain"] = claim.domain;
    entry["statement"] = claim.statement;
    entry["stand"] = or_null(claim.stand);
    entry["baseline"] = or_null(claim.baseline);
    entry["candidate"] = or_null(claim.candidate);
    entry["workload"] = or_null(claim.workload);
    entry["parameters"] = Json::object();
    for (const auto& [name, value] : claim.parameters) entry["parameters"][name] = value;
    entry["results"] = Json::array();
    for (const LedgerResult& result : row.results) entry["results"].push_back(result_json(result));
    entry["verdict"] = row.verdict;
    entry["reason"] = or_null(row.reason);
    entry["note"] = or_null(claim.note);
    json["rows"].push_back(std::move(entry));
  }
  return json;
}

}  // namespace assay::cli
