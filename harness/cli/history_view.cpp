#include "harness/cli/history_view.hpp"

#include <map>
#include <set>

#include "harness/cli/terminal.hpp"
#include "harness/stats/margin.hpp"

namespace assay::cli {
namespace {

using history::Metric;
using history::Point;
using history::Series;
using history::Value;

double smallest_change(const Series& series) {
  if (const auto margin = series.median_margin()) return *margin;
  return series.kind == "exact" ? 0 : stats::kMarginFloor;
}

std::string short_revision(const Point& point) {
  if (!point.entry.revision) return "-";
  return point.entry.revision->substr(0, 10) + (point.entry.dirty == true ? "+" : "");
}

std::string amount_text(double amount, const std::string& unit) {
  if (unit == "ns") return duration_text(amount);
  if (unit == "bytes") return bytes_text(amount);
  return fmt::format("{:g}", amount);
}

std::string arms_text(const Metric& metric) {
  if (!metric.baseline || !metric.candidate) return "-";
  return amount_text(*metric.baseline, metric.unit) + " -> " + amount_text(*metric.candidate, metric.unit);
}

std::string ratio_text(const Metric& metric) {
  if (!metric.ratio) return "-";
  const std::string ratio = fmt::format("{:.3f}", *metric.ratio);
  return metric.low && metric.high ? ratio + fmt::format(" [{:.3f}, {:.3f}]", *metric.low, *metric.high) : ratio;
}

std::string change_of(const stats::ChangePoint& point, const Series& series) {
  return change_text(point.after / point.before, series.metric.rfind("time/", 0) == 0);
}

std::string level_text(double level, const Series& series, Value value) {
  return value == Value::kRatio ? fmt::format("{:.3f}", level) : amount_text(level, series.unit);
}

const stats::ChangePoint* change_at(const SeriesReport& report, std::size_t index) {
  for (const stats::ChangePoint& point : report.change_points) {
    if (point.index == index) return &point;
  }
  return nullptr;
}

Json point_json(const Point& point) {
  const Metric& metric = point.metric;
  Json json;
  json["created_utc"] = point.entry.created_utc;
  json["run"] = point.entry.run;
  json["digest"] = point.entry.digest;
  json["git_revision"] = or_null(point.entry.revision);
  json["git_dirty"] = or_null(point.entry.dirty);
  json["machine_class"] = point.entry.machine_class;
  json["value"] = point.value;
  json["baseline"] = or_null(metric.baseline);
  json["candidate"] = or_null(metric.candidate);
  json["ratio"] = or_null(metric.ratio);
  json["interval"] = nullptr;
  if (metric.low && metric.high && metric.confidence) {
    json["interval"] = {{"low", *metric.low}, {"high", *metric.high}, {"confidence", *metric.confidence}};
  }
  json["margin"] = or_null(metric.margin);
  json["verdict"] = metric.verdict;
  return json;
}

Json change_json(const stats::ChangePoint& change, const Series& series) {
  const Point& first = series.points[change.index];
  const Point& last = series.points[change.index - 1];
  return {{"index", change.index},
          {"created_utc", first.entry.created_utc},
          {"git_revision", or_null(first.entry.revision)},
          {"previous_git_revision", or_null(last.entry.revision)},
          {"before", change.before},
          {"after", change.after},
          {"relative_change", change.relative_change()},
          {"p", change.p}};
}

}  // namespace

const char* to_string(Value value) {
  static constexpr const char* kNames[] = {"ratio", "baseline", "candidate"};
  return kNames[static_cast<std::size_t>(value)];
}

Result<std::vector<SeriesReport>> analyse_series(std::vector<Series> all, std::optional<double> min_magnitude) {
  std::vector<SeriesReport> reports;
  for (Series& series : all) {
    SeriesReport report{std::move(series), 0, {}};
    report.min_magnitude = min_magnitude.value_or(smallest_change(report.series));
    ASSAY_TRY(report.change_points,
              stats::find_change_points(report.series.values(), {.min_magnitude = report.min_magnitude}));
    reports.push_back(std::move(report));
  }
  return reports;
}

std::string history_list(const std::vector<Series>& all) {
  std::vector<std::vector<std::string>> rows{{"case", "metric", "records", "first", "last", "last ratio", "verdict"}};
  for (const Series& series : all) {
    const std::string count = std::to_string(series.points.size() + series.unmeasured);
    if (series.points.empty()) {
      rows.push_back({series.case_id, series.metric, count, "-", "-", "-", "never measured"});
      continue;
    }
    const Point& last = series.points.back();
    rows.push_back({series.case_id, series.metric, count, series.points.front().entry.created_utc,
                    last.entry.created_utc, ratio_text(last.metric), last.metric.verdict});
  }
  return table_text(rows);
}

std::string history_table(const SeriesReport& report) {
  const Series& series = report.series;
  std::string text = series.case_id + "\n" + series.metric;
  for (const std::string& machine : series.machine_classes) text += "; " + machine;
  std::vector<std::vector<std::string>> rows{{"when", "commit", "run", "measured", "ratio [interval]", "verdict", ""}};
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    const Point& point = series.points[i];
    const stats::ChangePoint* const change = change_at(report, i);
    rows.push_back({point.entry.created_utc, short_revision(point), point.entry.run, arms_text(point.metric),
                    ratio_text(point.metric), point.metric.verdict,
                    change != nullptr ? "changed: " + change_of(*change, series) : ""});
  }
  text += "\n" + table_text(rows);
  if (series.unmeasured > 0) text += fmt::format("and {} without a figure\n", series.unmeasured);
  return text;
}

std::string change_point_lines(const SeriesReport& report, Value value) {
  const Series& series = report.series;
  std::string text;
  for (const stats::ChangePoint& change : report.change_points) {
    text += fmt::format("{} {}: {} {} -> {} ({}) at {}, commit {} (after {}), p {:.2g}\n", series.case_id,
                        series.metric, to_string(value), level_text(change.before, series, value),
                        level_text(change.after, series, value), change_of(change, series),
                        series.points[change.index].entry.created_utc, short_revision(series.points[change.index]),
                        short_revision(series.points[change.index - 1]), change.p);
  }
  return text;
}

std::string machine_note(const std::vector<SeriesReport>& reports) {
  std::map<std::string, std::set<std::string>> machines;  // by case
  bool mixed = false;
  for (const SeriesReport& report : reports) {
    machines[report.series.case_id].insert(report.series.machine_classes.begin(), report.series.machine_classes.end());
    mixed = mixed || report.series.machine_classes.size() > 1;
  }
  std::size_t most = 0;
  for (const auto& [id, classes] : machines) most = std::max(most, classes.size());
  if (most < 2) return "";
  if (mixed) return fmt::format("note: figures of {} machine classes stand in one series, as asked\n", most);
  return fmt::format(
      "note: measured on up to {} machine classes, which are not compared with each other; "
      "--cross-environment does\n",
      most);
}

Json history_json(const std::vector<SeriesReport>& reports, Value value) {
  Json json;
  json["schema"] = "assay-history/1";
  json["value"] = to_string(value);
  json["series"] = Json::array();
  for (const SeriesReport& report : reports) {
    const Series& series = report.series;
    Json one;
    one["case"] = series.case_id;
    one["metric"] = series.metric;
    one["unit"] = series.unit;
    one["kind"] = series.kind;
    one["machine_classes"] = series.machine_classes;
    one["unmeasured"] = series.unmeasured;
    one["min_magnitude"] = report.min_magnitude;
    one["points"] = Json::array();
    for (const Point& point : series.points) one["points"].push_back(point_json(point));
    one["change_points"] = Json::array();
    for (const stats::ChangePoint& change : report.change_points) {
      one["change_points"].push_back(change_json(change, series));
    }
    json["series"].push_back(std::move(one));
  }
  return json;
}

}  // namespace assay::cli
