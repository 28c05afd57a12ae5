// hyperfine's --export-json (src/benchmark/benchmark_result.rs of its repository).
#include <algorithm>

#include "harness/interchange/case_series.hpp"
#include "harness/interchange/writers.hpp"

namespace assay::interchange {
namespace {

std::vector<double> seconds(const std::vector<double>& nanoseconds) {
  std::vector<double> values;
  for (const double value : nanoseconds) values.push_back(value * 1e-9);
  return values;
}

// hyperfine gives the mean of user and system time; of plugins only their sum is known.
Json mean_or_null(const std::vector<double>& nanoseconds) {
  return nanoseconds.empty() ? Json(nullptr) : Json(mean_of(seconds(nanoseconds)));
}

Json arm_json(const CaseSeries& series, const ArmSeries& arm) {
  const std::vector<double> times = seconds(arm.wall_ns);
  Json json;
  json["command"] = arm.command;
  json["mean"] = mean_of(times);
  json["stddev"] = times.size() < 2 ? Json(nullptr) : Json(standard_deviation_of(times));
  json["median"] = median_of(times);
  json["user"] = mean_or_null(arm.user_ns);
  json["system"] = mean_or_null(arm.system_ns);
  json["min"] = *std::min_element(times.begin(), times.end());
  json["max"] = *std::max_element(times.begin(), times.end());
  json["times"] = times;
  if (!arm.peak_rss_bytes.empty()) {
    json["memory_usage_byte"] = Json::array();
    for (const double bytes : arm.peak_rss_bytes)
      json["memory_usage_byte"].push_back(static_cast<std::uint64_t>(bytes));
  }
  json["exit_codes"] = arm.exit_codes.empty() ? Json(std::vector<Json>(times.size(), nullptr)) : Json(arm.exit_codes);
  json["parameters"] = series.parameters;
  json["parameters"]["arm"] = arm.arm;
  json["parameters"]["dataset"] = series.dataset;
  json["parameters"]["workload"] = series.workload;
  return json;
}

}  // namespace

Result<Json> to_hyperfine(const std::vector<Json>& records) {
  ASSAY_TRY(const std::vector<CaseSeries> all, read_series(records));
  Json json;
  json["results"] = Json::array();
  for (const CaseSeries& series : all) {
    for (const ArmSeries& arm : series.arms) json["results"].push_back(arm_json(series, arm));
  }
  return json;
}

}  // namespace assay::interchange
