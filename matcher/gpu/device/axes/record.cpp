// Writes the record.
#include "matcher/gpu/device/axes/record.hpp"

#include <utility>

#include "matcher/gpu/device/record/machine_json.hpp"

namespace matcher::gpu {
namespace {

using nlohmann::json;

json counters_json(const PipelineReport& report) {
  return {{"tiles", report.tiles},
          {"halvings", report.halvings},
          {"staged_bytes", report.staged_bytes},
          {"buffer_requests", report.buffers.requests},
          {"buffer_hits", report.buffers.hits},
          {"buffer_allocations", report.buffers.allocations},
          {"requested_bytes", report.buffers.requested_bytes},
          {"reserved_bytes", report.buffers.reserved_bytes},
          {"host_fallbacks", report.host.fallbacks},
          {"peak_pinned_bytes", report.host.peak_pinned_bytes},
          {"waits", report.wait.waits},
          {"polls", report.wait.polls},
          {"sleeps", report.wait.sleeps},
          {"copies", report.submission.copies},
          {"upload_bytes", report.submission.upload_bytes},
          {"download_bytes", report.submission.download_bytes},
          {"kernel_enqueues", report.submission.kernel_enqueues},
          {"captures", report.submission.captures},
          {"replays", report.submission.replays}};
}

json choices_json(const PipelineOptions& options) {
  return {{"host_memory", name_of(options.host_memory)},
          {"device_buffers", name_of(options.device_buffers)},
          {"wait", name_of(options.wait)},
          {"submission", name_of(options.submission)},
          {"streams", options.streams}};
}

// Null for what was not measured.
json times_json(const AxesCell& cell) {
  const auto median = cell.median();
  const auto rate = cell.items_per_second();
  return {{"tile_items", cell.options.tile_items},
          {"correct", cell.correct},
          {"error", cell.error.empty() ? json() : json(cell.error)},
          {"samples", cell.times.size()},
          {"median_ns", median ? json(median->count()) : json()},
          {"items_per_second", rate ? json(*rate) : json()}};
}

json cell_json(const AxesCell& cell) {
  json out = choices_json(cell.options);
  out.update(times_json(cell));
  out["counters"] = counters_json(cell.report);
  if (cell.times.empty()) return out;
  out["fastest_ns"] = cell.times.front().count();
  out["slowest_ns"] = cell.times.back().count();
  return out;
}

json flow_json(const SweptFlow& swept) {
  json out = choices_json(swept.flow.options);
  out["flow"] = swept.flow.name;
  out["points"] = json::array();
  for (const AxesCell& point : swept.points) {
    json each = times_json(point);
    each["items"] = point.items;
    out["points"].push_back(std::move(each));
  }
  put_half_performance(out, "half_performance_tile", swept.half_performance_tile());
  return out;
}

json sweep_json(const TileSweep& sweep) {
  json out = {{"points_not_measured", sweep.not_measured}, {"flows", json::array()}};
  for (const SweptFlow& flow : sweep.flows) out["flows"].push_back(flow_json(flow));
  return out;
}

}  // namespace

std::string to_json(const AxesRecord& record) {
  json out = machine_json(record.machine);
  out.update({{"schema", "assay-gpu-axes/1"},
              {"context_ns", record.context_ns},
              {"items", record.options.items},
              {"seed", record.options.seed},
              {"cells_not_measured", record.matrix.not_measured},
              {"leaks", record.leaks}});
  out["primitives"] = json::array();
  for (const PrimitiveCost& cost : record.primitives) {
    out["primitives"].push_back(
        {{"name", cost.name}, {"bytes", cost.bytes}, {"repeats", cost.repeats}, {"median_ns", cost.median_ns}});
  }
  out["cells"] = json::array();
  for (const AxesCell& cell : record.matrix.cells) out["cells"].push_back(cell_json(cell));
  out["tile_sweep"] = sweep_json(record.sweep);
  return out.dump(1) + "\n";
}

}  // namespace matcher::gpu
