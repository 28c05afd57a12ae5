// From samples to comparisons: which statistic answers for which metric, and which margin it is held against.
#pragma once

#include <vector>

#include "harness/stats/claim.hpp"
#include "harness/stats/paired.hpp"
#include "harness/stats/verdict.hpp"
#include "harness/store/record.hpp"

namespace assay::cli {

// Fills medians, pair and control log ratios, control and comparisons of a record whose samples and memory figures are
// complete. Headline metric: "time/total" = prepare + run, judged with CPU time as the second clock. A record whose
// outcome is not ok loses its samples and every other time instead: the journal keeps them.
[[nodiscard]] Status analyse(store::CaseRecord& record);

// ln(arm / baseline) of prepare + run by pair, in the order taken; arm: "candidate" or "control".
[[nodiscard]] Result<std::vector<double>> headline_log_ratios(const store::CaseRecord& record, const char* arm);

// Whether the comparison is INCONCLUSIVE because its parts contradict each other, whatever its size.
[[nodiscard]] bool contradicts(const store::ComparisonRecord& comparison);

// Whether two figures of an exact metric are the same: equal, or within what the metric calls so.
[[nodiscard]] bool is_same_count(const std::string& metric, double baseline, double candidate);

// The measured side of a claim: interval and verdict of one statistical metric, or the exact counts. Recomputed from
// the record's samples, so that a ledger never depends on anything but records.
struct MeasuredMetric {
  bool measured = false;
  bool exact = false;
  stats::PairedComparison paired;
  stats::VerdictReport verdict;
  stats::ExactComparison counts;
};
// Errors: kUsage for an unknown metric, listing the known ones.
[[nodiscard]] Result<MeasuredMetric> measured_metric(const store::CaseRecord& record, const std::string& metric);

// Fails (kUsage) unless measured_metric knows the name; where says who asks ("claim T1-CPU-02").
[[nodiscard]] Status check_metric(const std::string& metric, const std::string& where);

}  // namespace assay::cli
