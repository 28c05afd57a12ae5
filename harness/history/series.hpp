// Entries as series: one metric of one case on one class of machine over time.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/history/entry.hpp"

namespace assay::history {

// What of a comparison makes the series. The ratio forgives a machine that became slower as a whole, since both arms
// did; the arms' own figures show what both variants lost or gained.
enum class Value { kRatio, kBaseline, kCandidate };

struct Point {
  Entry entry;  // without its metrics
  Metric metric;
  double value = 0;
};

struct Series {
  std::string case_id;
  std::string metric;
  std::string unit;
  std::string kind;
  std::vector<std::string> machine_classes;  // one, unless series of several were asked to be put together
  std::vector<Point> points;                 // in the order of the entries
  std::size_t unmeasured = 0;                // entries without this value: crashed, not measured, zero

  [[nodiscard]] std::vector<double> values() const;
  // The median of the margins that its points were judged by; nothing if none has one.
  [[nodiscard]] std::optional<double> median_margin() const;
};

// One series per metric, case and machine class; with `across_machines` per metric and case. In the order of their
// first entries; series without any point stay, so that a case that never ran well is seen. Only values above 0 can be
// compared as ratios; others count as unmeasured. O(n log n).
[[nodiscard]] std::vector<Series> series_of(const std::vector<Entry>& entries, Value value, bool across_machines,
                                            const std::function<bool(const std::string& case_id)>& wanted);

}  // namespace assay::history
