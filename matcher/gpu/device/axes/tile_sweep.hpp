// Flows over the size of a tile: which is how fast with what, and how large a tile each needs to be half as fast as it
// gets.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "matcher/gpu/device/axes/cell.hpp"
#include "matcher/gpu/device/record/half_performance.hpp"

namespace matcher::gpu {

struct Flow {
  std::string name;
  PipelineOptions options;  // all but tile_items
};

// From the audited one up.
[[nodiscard]] std::vector<Flow> sweep_flows();

// At most 2^24 items, and so many that the job with its staging memory takes at most a quarter of the host's memory.
[[nodiscard]] std::size_t sweep_items(std::size_t physical_bytes);

struct TileSweepOptions {
  std::size_t items = sweep_items(physical_memory_bytes());  // of the job; the largest tile is all of it
  std::size_t smallest_tile = std::size_t{1} << 10;
  std::size_t tile_step = 4;    // from one tile size to the next
  std::size_t most_tiles = 32;  // a run takes, so that small tiles do not take for ever: eight in flight, four times
  CellLimits cell;
  std::chrono::nanoseconds time_in_all = std::chrono::seconds(90);
  std::uint64_t seed = 1;  // of the data, and of the order of the flows
};

struct SweptFlow {
  Flow flow;
  std::vector<AxesCell> points;  // by tile size

  // Of what was right.
  [[nodiscard]] HalfPerformance half_performance_tile() const;
};

struct TileSweep {
  std::vector<SweptFlow> flows;
  std::size_t not_measured = 0;  // points, for lack of time
};

// Large tiles first: what the time cuts off are small ones, so that the best rate of a flow stays the best there is. A
// tile that had to be halved for lack of memory is an error and no time. A lost device ends the sweep; its point says
// so.
[[nodiscard]] TileSweep measure_tile_sweep(ResourceTracker& tracker, const TileSweepOptions& options);

}  // namespace matcher::gpu
