// What a run sets out to do, complete, and as the first line of its journal.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "harness/cli/experiment.hpp"
#include "harness/cli/run.hpp"

namespace assay::cli {

struct Plan {
  std::vector<plan::CaseSpec> cases;
  std::string profile;
  std::uint64_t seed = 42;

  // Names of the data sets that the cases use.
  [[nodiscard]] std::set<std::string> datasets() const;
};

struct RunSetup {
  RunRequest request;
  RunContext context;
  Plan plan;
  std::vector<plan::Audit> audits;
  std::vector<Json> documents;  // of the audits, as read
  Json policy;                  // of a gate, as read; null: no gate
  Json gate;                    // of a gate: how policy, base and head were named, and whether it is strict
  std::string created_utc;
};

// run.json of a run that has just begun (schema assay-run/1).
[[nodiscard]] Json run_json(const RunSetup& setup);

// The fields of run_started: everything that decides what is measured, and what ledgers and records need besides
// samples. Takes the SHA-256 of every module and program that takes part; the catalog remembers those of modules.
// Errors: kUsage if one cannot be read.
[[nodiscard]] Result<Json> make_header(RunSetup& setup);

// The setup that a replay needs: nothing in it points to files. Errors: kUsage for a header that lacks something.
[[nodiscard]] Result<RunSetup> setup_from_header(const Json& header);

}  // namespace assay::cli
