// The ledger of one audit: every claim of the document beside what the records of a run say about it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/plan/audit.hpp"
#include "harness/store/record.hpp"

namespace assay::cli {

// What one figure of a claim came to on one data set; empty data set: not tested at all.
struct LedgerResult {
  plan::ClaimedEffect claimed;
  std::string dataset;
  std::string record;  // file name; empty: none
  std::optional<double> ratio;
  std::optional<double> low;
  std::optional<double> high;
  std::string verdict;
  std::optional<std::string> reason;
};

struct LedgerRow {
  const plan::AuditClaim* claim = nullptr;
  std::vector<LedgerResult> results;
  std::string verdict;
  std::optional<std::string> reason;
};

// One row per claim in the document's order, none left out. The headline figure on the largest data set that was
// measured decides a claim, because the documents speak of a million rows; but answers that differ on any data set make
// it NOT_EQUIVALENT, whatever the times on the others. audit must outlive the rows.
// records: by file name. Errors: kUsage for a claim that names an unknown workload or metric.
[[nodiscard]] Result<std::vector<LedgerRow>> make_ledger(const plan::Audit& audit,
                                                         const std::map<std::string, store::CaseRecord>& records,
                                                         const std::map<std::string, plan::Workload>& workloads);

// schema assay-ledger/1
[[nodiscard]] Json to_json(const plan::Audit& audit, const std::vector<LedgerRow>& rows,
                           const std::string& created_utc);

}  // namespace assay::cli
