// All pairs of a block: a warp keeps 32 texts of the right table in registers and takes the left table's rows one by
// one. What the right texts share, the row's match masks, is made once by the 32 lanes together, in one table per warp.
#pragma once

#include "matcher/gpu/kernels/block_outputs.cuh"
#include "matcher/gpu/kernels/block_tasks.cuh"

namespace matcher::gpu {

// REQUIRES: blocks of kBlockThreads; tiles of kSlots; rows of at most 32 symbols; at most 2^31 tasks.
template <std::uint32_t kSlots, class Slots, class Output, class Tasks>
ASSAY_KERNEL void ASSAY_LAUNCH_BOUNDS(kBlockThreads, kResidentBlocks<kSlots>)
    block_kernel(Patterns left, Tiles right, Tasks source, Output output) {
  ASSAY_SHARED_ARRAY(std::uint32_t, tables, kBlockWarps * Slots::kCodes);
  const std::uint32_t lane = threadIdx.x % kWarpLanes;
  std::uint32_t* const table = tables + threadIdx.x / kWarpLanes * Slots::kCodes;
  for (std::uint32_t code = lane; code < Slots::kCodes; code += kWarpLanes) table[code] = 0;
  const auto match = [table](std::uint32_t code) { return table[code]; };
  std::uint32_t entered = 0;  // the code whose mask this lane has put into the table
  const std::uint32_t tasks = source.count(left, right);
  for (std::uint32_t number = grid_thread() / kWarpLanes; number < tasks; number += grid_threads() / kWarpLanes) {
    const WarpTask task = source.task(number, left, right);
    const RightRecord record(right, task.tile * kWarpLanes + lane);
    const SlotWords<kSlots> text(right, record.position);
    for (std::uint32_t i = task.first_row; i < task.end_row; ++i) {
      const LeftRow row(left, i);
      const std::uint32_t code = left.rows.symbols[std::uint64_t{i} * kPatternSymbols + lane];
      const std::uint32_t same = __match_any_sync(kAllLanes, code);  // the places of the row that hold this lane's code
      __syncwarp();                                                  // all lanes have read the masks of the row before
      table[entered] = 0;
      __syncwarp();
      if (code != 0) table[code] = same;
      entered = code;
      __syncwarp();
      ScoreParts parts = score_right_aligned<Slots>(row.length.symbols, record.length.symbols, text, match);
      parts.prefix = row.prefix_with(record);
      const bool taken = source.takes(task, record.position, right);
      store_block_score(output, taken, i, record.position, parts, row.lengths_with(record));
    }
  }
}

}  // namespace matcher::gpu
