// Runs the points of the sweep.
#include "matcher/gpu/device/axes/tile_sweep.hpp"

#include <algorithm>
#include <bit>
#include <random>
#include <utility>

namespace matcher::gpu {
namespace {

constexpr std::size_t kMostItems = std::size_t{1} << 24;
// Pair, digest and expected digest in the job; pair and digest once more in staging memory.
constexpr std::size_t kBytesPerItem = 2 * sizeof(RowPair) + 3 * sizeof(std::uint32_t);

PipelineOptions flow_of(HostMemoryChoice host, DeviceBufferChoice buffers, unsigned streams = 1,
                        SubmissionChoice submission = SubmissionChoice::kPerTile) {
  PipelineOptions options;
  options.host_memory = host;
  options.device_buffers = buffers;
  options.streams = streams;
  options.submission = submission;
  return options;
}

std::vector<std::size_t> tile_sizes(const TileSweepOptions& options) {
  std::vector<std::size_t> sizes;
  for (std::size_t tile = options.smallest_tile; tile < options.items; tile *= options.tile_step) sizes.push_back(tile);
  sizes.push_back(options.items);
  std::reverse(sizes.begin(), sizes.end());
  return sizes;
}

AxesCell point_of(const Flow& flow, const TileSweepOptions& options, std::size_t tile) {
  AxesCell point;
  point.options = flow.options;
  point.options.tile_items = tile;
  point.items = std::min(options.items, options.most_tiles * tile);
  return point;
}

void refuse_halved(AxesCell& point) {
  if (point.report.halvings == 0) return;
  point.times.clear();
  point.error = "too little memory for this tile; it went through in tiles of " +
                std::to_string(point.report.tile_items) + " items";
}

}  // namespace

std::vector<Flow> sweep_flows() {
  constexpr auto kPageable = HostMemoryChoice::kPageable;
  constexpr auto kPinned = HostMemoryChoice::kPinnedPool;
  constexpr auto kPerTile = DeviceBufferChoice::kPerTile;
  constexpr auto kPool = DeviceBufferChoice::kPool;
  return {{"audited", flow_of(kPageable, kPerTile)},
          {"pinned", flow_of(kPinned, kPerTile)},
          {"pinned, pool", flow_of(kPinned, kPool)},
          {"pinned, pool, graph", flow_of(kPinned, kPool, 1, SubmissionChoice::kGraph)},
          {"pinned, pool, 2 streams", flow_of(kPinned, kPool, 2)},
          {"pinned, pool, 3 streams", flow_of(kPinned, kPool, 3)},
          {"pinned, pool, 4 streams", flow_of(kPinned, kPool, 4)},
          {"registered", flow_of(HostMemoryChoice::kRegistered, kPerTile)},
          {"managed", flow_of(HostMemoryChoice::kManaged, kPerTile)},
          {"stream-ordered", flow_of(kPageable, DeviceBufferChoice::kStreamOrdered)}};
}

std::size_t sweep_items(std::size_t physical_bytes) {
  const std::size_t fitting = std::bit_floor(physical_bytes / 4 / kBytesPerItem);
  return std::clamp(fitting, std::size_t{1}, kMostItems);
}

HalfPerformance SweptFlow::half_performance_tile() const {
  std::vector<SizedRate> rates;
  for (const AxesCell& point : points) {
    if (const auto rate = point.items_per_second()) rates.push_back({point.options.tile_items, *rate});
  }
  return half_performance(std::move(rates));
}

TileSweep measure_tile_sweep(ResourceTracker& tracker, const TileSweepOptions& options) {
  const auto start = options.cell.now();
  DigestJob job(options.items, options.seed);
  TileSweep sweep;
  for (Flow& flow : sweep_flows()) sweep.flows.push_back({std::move(flow), {}});
  std::vector<SweptFlow*> order;
  for (SweptFlow& flow : sweep.flows) order.push_back(&flow);
  std::mt19937_64 random(options.seed);
  bool goes_on = true;
  for (const std::size_t tile : tile_sizes(options)) {
    std::shuffle(order.begin(), order.end(), random);
    for (SweptFlow* const flow : order) {
      goes_on = goes_on && options.cell.now() - start < options.time_in_all;
      if (!goes_on) {
        ++sweep.not_measured;
        continue;
      }
      AxesCell& point = flow->points.emplace_back(point_of(flow->flow, options, tile));
      goes_on = measure_cell(tracker, job, options.cell, point);
      refuse_halved(point);
    }
  }
  for (SweptFlow& flow : sweep.flows) std::reverse(flow.points.begin(), flow.points.end());
  return sweep;
}

}  // namespace matcher::gpu
