// Levenshtein alone, a warp per pair along anti-diagonals, three of them in global memory: the plan of cuDF's
// edit_distance since 2025, made for long texts. A point of reference; for names most lanes have nothing to do.
#pragma once

#include "matcher/gpu/kernels/platform.cuh"
#include "matcher/gpu/layout/views.hpp"

namespace matcher::gpu {

// `diagonals`: 3 x pitch integers for every warp of the grid. REQUIRES: pitch > every left length; whole warps.
template <class Source>
ASSAY_KERNEL void warp_per_pair_kernel(Source source, int* diagonals, std::uint32_t pitch, std::uint32_t* distances) {
  const std::uint32_t lane = threadIdx.x % kWarpLanes;
  const std::uint32_t warp = grid_thread() / kWarpLanes;
  int* current = diagonals + std::uint64_t{warp} * 3 * pitch;
  int* before = current + pitch;
  int* twice_before = before + pitch;
  for (std::uint32_t i = warp; i < source.pairs; i += grid_threads() / kWarpLanes) {
    const auto pair = source.pair(i);
    const int rows = static_cast<int>(pair.left.length);
    const int columns = static_cast<int>(pair.right.length);
    for (int diagonal = 0; diagonal <= rows + columns; ++diagonal) {
      const int last = smaller(diagonal, rows);
      for (int row = greater(diagonal - columns, 0) + static_cast<int>(lane); row <= last; row += 32) {
        const int column = diagonal - row;
        int cell = diagonal;  // the edge of the matrix
        if (row > 0 && column > 0) {
          const int cost = pair.left.symbols[row - 1] == pair.right.symbols[column - 1] ? 0 : 1;
          cell = smaller(smaller(before[row - 1], before[row]) + 1, twice_before[row - 1] + cost);
        }
        current[row] = cell;
      }
      __syncwarp();
      int* const free = twice_before;
      twice_before = before;
      before = current;
      current = free;
    }
    if (lane == 0) distances[i] = static_cast<std::uint32_t>(before[rows]);
    __syncwarp();  // the next pair overwrites what was read here
  }
}

}  // namespace matcher::gpu
