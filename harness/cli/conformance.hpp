// The conformance suite: what every plugin must do whatever it computes. Each check runs in a worker of its own.
#pragma once

#include <string>
#include <vector>

#include "harness/cli/experiment.hpp"

namespace assay::cli {

enum class CheckStatus { kPassed, kFailed, kSkipped };

struct Check {
  std::string variant;
  std::string workload;
  std::string name;  // "repeat"
  CheckStatus status = CheckStatus::kPassed;
  std::string detail;  // why it failed or was skipped
};

// Runs all checks of one variant on every workload it serves and the context knows. REQUIRES: context.datasets holds
// `dataset`. Checks:
//   call order      prepare, run, collect, run, collect, reset: each succeeds, the two results are equal
//   repeat          three fresh prepares give three equal results; the first stays as it was after collect
//   second data     after other input the answer is that of a process that saw only that input; then the first again
//   empty input     tables without rows: a well-formed result, or "unsupported"; no crash
//   cancel          a cancelled call returns within 100 ms (or is done by then)
//   leftovers       after teardown no thread of the plugin runs and all host.alloc memory is free
[[nodiscard]] std::vector<Check> check_conformance(const RunContext& context, const CatalogEntry& variant,
                                                   const std::string& dataset);

}  // namespace assay::cli
