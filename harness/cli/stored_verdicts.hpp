// What two sets of stored cells say about each other, cell by cell (docs/decisions/0007).
#pragma once

#include <vector>

#include "harness/gate/policy.hpp"
#include "harness/gate/report.hpp"

namespace assay::cli {

// Every cell that either side knows: equal answers, exact metrics within their budgets, and times as far as the policy
// lets them count. Errors: kUsage if the sides are not comparable (machine class without cross_machine, data, simulated
// or not) or have no cell in common.
[[nodiscard]] Result<std::vector<gate::Cell>> judge_stored(const gate::StoredCells& baseline,
                                                           const gate::StoredCells& candidate,
                                                           const gate::Policy& policy, bool cross_machine);

}  // namespace assay::cli
