// Metrics without noise: allocations, bytes, launches, transfers, round trips, instructions. Compared by equality.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/stats/exact.hpp"
#include "harness/store/record.hpp"

namespace assay::cli {

// In a fixed order. What was counted on request, or by the variants themselves, is there only if an arm has it.
[[nodiscard]] std::vector<store::ComparisonRecord> compare_counts(const store::CaseRecord& record);

// Nothing if the metric was not counted in both arms, or is unknown.
[[nodiscard]] std::optional<stats::ExactComparison> compare_count(const store::CaseRecord& record,
                                                                  const std::string& metric);

// Whether two figures of an exact metric are the same: equal, or within what the metric calls so.
[[nodiscard]] bool is_same_count(const std::string& metric, double baseline, double candidate);

[[nodiscard]] std::vector<std::string> count_metric_names();

}  // namespace assay::cli
