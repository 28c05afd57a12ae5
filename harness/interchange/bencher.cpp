// Bencher Metric Format.
#include "harness/interchange/case_series.hpp"
#include "harness/interchange/writers.hpp"

namespace assay::interchange {
namespace {

// "name (max length 1024 characters)"; a program's command line may be longer.
std::string fitting(const std::string& name) {
  constexpr std::size_t kMost = 1024;
  return name.size() <= kMost ? name : name.substr(0, kMost);
}

Json ratio_json(const RatioOfArms& ratio) {
  Json json{{"value", ratio.value}};
  if (ratio.low) json["lower_value"] = *ratio.low;
  if (ratio.high) json["upper_value"] = *ratio.high;
  return json;
}

}  // namespace

Result<Json> to_bencher(const std::vector<Json>& records) {
  ASSAY_TRY(const std::vector<CaseSeries> all, read_series(records));
  Json json = Json::object();
  for (const CaseSeries& series : all) {
    for (const ArmSeries& arm : series.arms) {
      Json& measures = json[fitting(name_of(series, arm))];
      measures["latency"]["value"] = median_of(arm.wall_ns);
      if (!arm.peak_rss_bytes.empty()) measures["peak-rss"]["value"] = median_of(arm.peak_rss_bytes);
      if (arm.arm == "candidate" && series.ratio) measures["ratio"] = ratio_json(*series.ratio);
    }
  }
  return json;
}

}  // namespace assay::interchange
