#include "matcher/gpu/ladder/record.hpp"

#include "matcher/gpu/device/record/machine_json.hpp"

namespace matcher::gpu {
namespace {

using nlohmann::json;

double pairs_per_second(const RungResult& rung, double ns) {
  return static_cast<double>(rung.pairs) * 1e9 / ns;
}

json times_json(const RungResult& rung) {
  if (!rung.times) return nullptr;
  const KernelTimes& times = *rung.times;
  const double median = times.cold_median_ns();
  return {{"cold_samples", times.cold_ns.size()},
          {"cold_median_ns", median},
          {"cold_p95_ns", times.cold_quantile_ns(0.95)},
          {"cold_p99_ns", times.cold_quantile_ns(0.99)},
          {"cold_pairs_per_second", median > 0 ? json(pairs_per_second(rung, median)) : json()},
          {"hot_runs", times.hot_runs},
          {"hot_ns", times.hot_ns},
          {"hot_pairs_per_second", times.hot_ns > 0 ? json(pairs_per_second(rung, times.hot_ns)) : json()}};
}

json size_json(const SizeTimes& size) {
  const auto median = size.cold_median_ns();
  const auto rate = size.pairs_per_second();
  return {{"pairs", size.pairs},
          {"correct", size.correct},
          {"cold_samples", size.cold_ns.size()},
          {"cold_median_ns", median ? json(*median) : json()},
          {"cold_pairs_per_second", rate ? json(*rate) : json()}};
}

json rung_json(const RungResult& rung) {
  json out = {{"rung", rung.name},         {"metrics", rung.metrics}, {"longest", rung.longest},  {"pairs", rung.pairs},
              {"launches", rung.launches}, {"correct", rung.correct}, {"times", times_json(rung)}};
  out["sizes"] = json::array();
  for (const SizeTimes& size : rung.sizes) out["sizes"].push_back(size_json(size));
  put_half_performance(out, "half_performance_pairs", half_performance_pairs(rung.sizes));
  return out;
}

}  // namespace

std::string to_json(const LadderRecord& record) {
  json out = machine_json(record.machine);
  const SampleShape& shape = record.options.shape;
  out.update({{"schema", "assay-gpu-ladder/1"},
              {"seed", shape.seed},
              {"left_rows", shape.left_rows},
              {"right_rows", shape.right_rows},
              {"listed_rows", shape.listed_rows},
              {"error", record.result.error.empty() ? json() : json(record.result.error)},
              {"leaks", record.leaks}});
  out["operations_per_second"] = json::object();
  for (const OperationRate& rate : record.rates) {
    out["operations_per_second"][std::string(kOperationNames[static_cast<std::size_t>(rate.operation)])] =
        rate.per_second;
  }
  out["rungs"] = json::array();
  for (const RungResult& rung : record.result.rungs) out["rungs"].push_back(rung_json(rung));
  return out.dump(1) + "\n";
}

}  // namespace matcher::gpu
