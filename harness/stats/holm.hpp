// Many cells, one gate: p-values that stay honest when the worst of forty is looked at.
#pragma once

#include <span>
#include <vector>

namespace assay::stats {

// P(as many pairs beyond the margin, or more) if the median log ratio is ln(1 + margin) or less: the one-sided sign
// test of "slower than the margin". 1 without pairs. For a number of pairs fixed in advance; what stopped at a look has
// SequentialPlan::regressed_p_value. Conover, Practical Nonparametric Statistics, 3rd ed., section 3.4. O(n).
[[nodiscard]] double slower_p_value(std::span<const double> log_ratios, double margin);

// Adjusted p-values, in the order given. Calling a cell different if its adjusted value is <= alpha keeps
//   holm                P(any false alarm among all cells) <= alpha, whatever the dependence between cells (Holm 1979);
//                       what a gate uses
//   benjamini_hochberg  the expected share of false ones among those called different <= alpha, for independent cells
//                       (Benjamini & Hochberg 1995); what a table for exploring uses
// REQUIRES: values in [0, 1]. O(k log k).
[[nodiscard]] std::vector<double> holm(std::span<const double> p_values);
[[nodiscard]] std::vector<double> benjamini_hochberg(std::span<const double> p_values);

inline constexpr double kGateFamilyAlpha = 0.01;       // for holm
inline constexpr double kExplorationFalseRate = 0.10;  // for benjamini_hochberg

}  // namespace assay::stats
