#include "harness/history/series.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace assay::history {
namespace {

std::optional<double> value_of(const Metric& metric, Value value) {
  switch (value) {
    case Value::kBaseline:
      return metric.baseline;
    case Value::kCandidate:
      return metric.candidate;
    case Value::kRatio:
      break;
  }
  return metric.ratio;
}

void append(Series& series, const Entry& entry, const Metric& metric, Value value) {
  const auto& classes = series.machine_classes;
  if (std::find(classes.begin(), classes.end(), entry.machine_class) == classes.end()) {
    series.machine_classes.push_back(entry.machine_class);
  }
  const std::optional<double> measured = value_of(metric, value);
  if (!measured || *measured <= 0) {
    ++series.unmeasured;
    return;
  }
  Point point{entry, metric, *measured};
  point.entry.metrics.clear();
  series.points.push_back(std::move(point));
}

}  // namespace

std::vector<double> Series::values() const {
  std::vector<double> values;
  for (const Point& point : points) values.push_back(point.value);
  return values;
}

std::optional<double> Series::median_margin() const {
  std::vector<double> margins;
  for (const Point& point : points) {
    if (point.metric.margin) margins.push_back(*point.metric.margin);
  }
  if (margins.empty()) return std::nullopt;
  const auto middle = margins.begin() + static_cast<std::ptrdiff_t>(margins.size() / 2);
  std::nth_element(margins.begin(), middle, margins.end());
  return *middle;
}

std::vector<Series> series_of(const std::vector<Entry>& entries, Value value, bool across_machines,
                              const std::function<bool(const std::string& case_id)>& wanted) {
  std::vector<Series> all;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> places;
  for (const Entry& entry : entries) {
    if (!wanted(entry.case_id)) continue;
    for (const Metric& metric : entry.metrics) {
      const std::string machine = across_machines ? std::string() : entry.machine_class;
      const auto [place, is_new] = places.try_emplace({entry.case_id, metric.name, machine}, all.size());
      if (is_new) all.push_back({entry.case_id, metric.name, metric.unit, metric.kind, {}, {}, 0});
      append(all[place->second], entry, metric, value);
    }
  }
  return all;
}

}  // namespace assay::history
