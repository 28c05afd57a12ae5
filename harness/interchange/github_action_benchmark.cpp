// customSmallerIsBetter of github-action-benchmark.
#include "harness/interchange/case_series.hpp"
#include "harness/interchange/writers.hpp"

namespace assay::interchange {
namespace {

Json arm_json(const CaseSeries& series, const ArmSeries& arm) {
  Json json{{"name", name_of(series, arm)}, {"unit", "ns"}, {"value", median_of(arm.wall_ns)}};
  if (arm.wall_ns.size() >= 2) json["range"] = fmt::format("\u00b1 {:.0f}", standard_deviation_of(arm.wall_ns));
  json["extra"] = fmt::format("median of {} samples", arm.wall_ns.size());
  return json;
}

Json ratio_json(const CaseSeries& series, const RatioOfArms& ratio) {
  Json json{{"name", name_of(series) + "/ratio"}, {"unit", "candidate/baseline"}, {"value", ratio.value}};
  if (ratio.low && ratio.high) json["range"] = fmt::format("{:.4f} to {:.4f}", *ratio.low, *ratio.high);
  json["extra"] = fmt::format("{}\nrange: 95 % interval", ratio.verdict);
  return json;
}

}  // namespace

Result<Json> to_github_action_benchmark(const std::vector<Json>& records) {
  ASSAY_TRY(const std::vector<CaseSeries> all, read_series(records));
  Json json = Json::array();
  for (const CaseSeries& series : all) {
    for (const ArmSeries& arm : series.arms) json.push_back(arm_json(series, arm));
    if (series.ratio) json.push_back(ratio_json(series, *series.ratio));
  }
  return json;
}

}  // namespace assay::interchange
