// A history for people and programs: change points of series, tables, sentences and assay-history/1 JSON.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/history/series.hpp"
#include "harness/stats/change_points.hpp"

namespace assay::cli {

struct SeriesReport {
  history::Series series;
  double min_magnitude = 0;  // smallest relative change that was looked for
  std::vector<stats::ChangePoint> change_points;
};

// Looks for change points in every series. The smallest change is `min_magnitude`, else the series' median margin, else
// the margin's floor; for exact metrics without a margin any change counts. Errors: kInternal.
[[nodiscard]] Result<std::vector<SeriesReport>> analyse_series(std::vector<history::Series> series,
                                                               std::optional<double> min_magnitude);

// One line per series: case, records, first and last time, last ratio and verdict, machine.
[[nodiscard]] std::string history_list(const std::vector<history::Series>& series);
// Every point of the series, changes marked.
[[nodiscard]] std::string history_table(const SeriesReport& report);
// "persons.match ... time/total: ratio 1.002 -> 1.071 (6.9 % slower) at 2026-11-21T09:10:11Z, commit 1234567890 (after
// 0123456789), p 0.0005"; one line per change point.
[[nodiscard]] std::string change_point_lines(const SeriesReport& report, history::Value value);
// A line for cases that have series of several machine classes, which are not compared with each other; else empty.
[[nodiscard]] std::string machine_note(const std::vector<SeriesReport>& reports);

[[nodiscard]] Json history_json(const std::vector<SeriesReport>& reports, history::Value value);
[[nodiscard]] const char* to_string(history::Value value);  // "ratio", "baseline", "candidate"

}  // namespace assay::cli
