// Every combination of the axes on one job.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "matcher/gpu/device/axes/cell.hpp"

namespace matcher::gpu {

struct MatrixOptions {
  std::size_t items = std::size_t{1} << 20;
  std::vector<std::size_t> tile_items = {std::size_t{1} << 12, std::size_t{1} << 16, std::size_t{1} << 20};
  std::vector<unsigned> streams = {1, 2, 3, 4};
  CellLimits cell;
  std::chrono::nanoseconds time_in_all = std::chrono::minutes(6);
  std::uint64_t seed = 1;  // of the data, and of the order of the cells, which spreads what the time cuts off
};

struct Matrix {
  std::vector<AxesCell> cells;
  std::size_t not_measured = 0;  // for lack of time
};

// Managed memory comes with one choice of device buffers alone: it takes none. A lost device ends the matrix; its cell
// says so.
[[nodiscard]] Matrix measure_matrix(ResourceTracker& tracker, const MatrixOptions& options);

}  // namespace matcher::gpu
