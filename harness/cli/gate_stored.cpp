#include "harness/cli/gate_stored.hpp"

#include <algorithm>
#include <chrono>

#include "harness/cli/analysis.hpp"
#include "harness/cli/stored_sources.hpp"
#include "harness/cli/stored_verdicts.hpp"
#include "harness/core/machine_class.hpp"
#include "harness/measure/environment.hpp"
#include "harness/store/time_text.hpp"

namespace assay::cli {
namespace {

using gate::StoredCells;

void keep_datasets(StoredCells& stored, const std::vector<std::string>& datasets) {
  std::erase_if(stored.cells, [&](const auto& entry) {
    return std::find(datasets.begin(), datasets.end(), entry.second.dataset) == datasets.end();
  });
}

std::optional<std::string> contamination_of(const gate::GateReport& report, const StoredCells& base,
                                            const StoredCells& head) {
  for (const gate::Cell& cell : report.cells) {
    for (const StoredCells* const side : {&base, &head}) {
      const auto stored = side->cells.find(cell.id);
      const bool judged = cell.verdict == gate::CellVerdict::kInconclusive && stored != side->cells.end();
      if (judged && stored->second.contaminated) return fmt::format("{}: {}", cell.id, *stored->second.contaminated);
    }
  }
  return std::nullopt;
}

}  // namespace

Result<gate::GateReport> gate_stored(const StoredGateRequest& request, const Home& home) {
  ASSAY_TRY(const gate::Policy policy, gate::read_policy(request.policy));
  for (const auto& [metric, allowed] : policy.budgets) {
    ASSAY_CHECK(check_metric(metric, request.policy.string() + ": budgets"));
  }
  const std::string here = machine_class(measure::read_environment(home.root));
  ASSAY_TRY(StoredCells head, find_stored(request.candidate, home, here, request.cross_machine));
  ASSAY_TRY(StoredCells base, find_stored(request.baseline, home, head.from.machine(), request.cross_machine));
  if (!request.datasets.empty()) {
    keep_datasets(base, request.datasets);
    keep_datasets(head, request.datasets);
  }
  gate::GateReport report;
  ASSAY_TRY(report.cells, judge_stored(base, head, policy, request.cross_machine));
  report.created_utc = store::utc_text(std::chrono::system_clock::now());
  report.command = request.command;
  report.policy = request.policy.string();
  report.baseline = request.baseline;
  report.candidate = request.candidate;
  report.strict = policy.strict || request.strict;
  if (policy.judges_offline_time) report.contaminated = contamination_of(report, base, head);
  report.environment = head.from.environment;
  report.stored = gate::StoredSides{base.from, head.from};
  return report;
}

}  // namespace assay::cli
