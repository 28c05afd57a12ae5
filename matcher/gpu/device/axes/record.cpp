// Writes the record.
#include "matcher/gpu/device/axes/record.hpp"

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

json cell_json(const MatrixCell& cell, std::size_t items) {
  json out = {{"host_memory", name_of(cell.options.host_memory)},
              {"device_buffers", name_of(cell.options.device_buffers)},
              {"wait", name_of(cell.options.wait)},
              {"submission", name_of(cell.options.submission)},
              {"streams", cell.options.streams},
              {"tile_items", cell.options.tile_items},
              {"correct", cell.correct},
              {"error", cell.error.empty() ? json() : json(cell.error)},
              {"counters", counters_json(cell.report)},
              {"samples", cell.times.size()},
              {"median_ns", nullptr},
              {"items_per_second", nullptr}};
  if (cell.times.empty()) return out;
  const auto median = cell.times[cell.times.size() / 2].count();
  out["median_ns"] = median;
  out["fastest_ns"] = cell.times.front().count();
  out["slowest_ns"] = cell.times.back().count();
  if (median > 0) out["items_per_second"] = static_cast<double>(items) * 1e9 / static_cast<double>(median);
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
  for (const MatrixCell& cell : record.matrix.cells) out["cells"].push_back(cell_json(cell, record.options.items));
  return out.dump(1) + "\n";
}

}  // namespace matcher::gpu
