// The gate without measuring: base and head as records or baselines know them (docs/decisions/0007).
#pragma once

#include <string>
#include <vector>

#include "harness/cli/home.hpp"
#include "harness/gate/policy.hpp"
#include "harness/gate/report.hpp"

namespace assay::cli {

struct StoredGateRequest {
  std::filesystem::path policy;
  std::string baseline;  // run folder, record, baseline file, or name of a baseline
  std::string candidate;
  bool strict = false;                // also if the policy is not
  bool cross_machine = false;         // other machine class: answers and exact metrics alone
  std::vector<std::string> datasets;  // only these; empty: all
  std::string command;
};

// Every cell that both sides know: equal answers, exact metrics within their budgets, and times as far as the policy
// lets them count. Errors: kUsage, also if the sides are not comparable (machine class, data, simulated or not).
[[nodiscard]] Result<gate::GateReport> gate_stored(const StoredGateRequest& request, const Home& home);

}  // namespace assay::cli
