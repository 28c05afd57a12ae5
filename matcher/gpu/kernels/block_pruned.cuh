// The block kernel for a threshold that few pairs reach. Which letters two names lack bounds what they can have in
// common (presence masks, one bit a code): a pair whose bound stays below the threshold is never scored, and none that
// reaches it is lost. The rest waits in a queue per warp until 32 pairs are together, then every lane scores one of
// them.
#pragma once

#include "matcher/gpu/kernels/block_outputs.cuh"
#include "matcher/gpu/kernels/block_tasks.cuh"

namespace matcher::gpu {

// Room for 31 pairs that wait and 32 that come.
inline constexpr std::uint32_t kQueuedPairs = 2 * kWarpLanes;

// Codes that only one side has find no partner. Codes that share a bit make the bound weaker, never wrong.
ASSAY_DEVICE std::uint32_t most_matches(std::uint32_t left_presence, std::uint32_t right_presence,
                                        const PairLengths& lengths) {
  return smaller(lengths.left - set_bits(left_presence & ~right_presence),
                 lengths.right - set_bits(right_presence & ~left_presence));
}

// A left row by its planes (views.hpp): masks in registers, since every lane has another row.
template <std::uint32_t kBits>
struct RowPlanes {
  std::uint32_t planes[kBits];
  std::uint32_t used;

  ASSAY_DEVICE RowPlanes(const Patterns& left, const LeftRow& row) : used(low_bits<std::uint32_t>(row.length.symbols)) {
    ASSAY_UNROLL
    for (std::uint32_t p = 0; p < kBits; ++p) planes[p] = left.planes[std::uint64_t{row.row} * kBitPlanes + p];
  }
  // No place of the pattern holds code 0.
  [[nodiscard]] ASSAY_DEVICE std::uint32_t operator()(std::uint32_t code) const {
    std::uint32_t mask = used;
    ASSAY_UNROLL
    for (std::uint32_t p = 0; p < kBits; ++p) mask &= ~(planes[p] ^ (0U - (code >> p & 1)));
    return mask;
  }
};

// Scores queue[0 .. count), one a lane. An entry is (row - first_row) * 32 + the right record's lane.
template <std::uint32_t kSlots, class Slots, class Output>
ASSAY_DEVICE void score_queued(const Patterns& left, const Tiles& right, const WarpTask& task,
                               const std::uint32_t* queue, std::uint32_t count, const Output& output) {
  const std::uint32_t lane = threadIdx.x % kWarpLanes;
  const std::uint32_t entry = lane < count ? queue[lane] : 0;
  const LeftRow row(left, task.first_row + entry / kWarpLanes);
  const RightRecord record(right, task.tile * kWarpLanes + entry % kWarpLanes);
  const SlotWords<kSlots> text(right, record.position);
  const RowPlanes<Slots::kBits> match(left, row);
  ScoreParts parts = score_right_aligned<Slots>(row.length.symbols, record.length.symbols, text, match);
  parts.prefix = row.prefix_with(record);
  store_block_score(output, lane < count, row.row, record.position, parts, row.lengths_with(record));
}

// REQUIRES: as block_kernel, and tasks of at most 2^27 rows. *scored grows by the number of pairs that the filter let
// pass.
template <std::uint32_t kSlots, class Slots, class Tasks>
ASSAY_KERNEL void ASSAY_LAUNCH_BOUNDS(kBlockThreads, kResidentBlocks<kSlots>)
    block_pruned_kernel(Patterns left, Tiles right, Tasks source, MatchList output, std::uint32_t* scored) {
  ASSAY_SHARED_ARRAY(std::uint32_t, queues, kBlockWarps * kQueuedPairs);
  const std::uint32_t lane = threadIdx.x % kWarpLanes;
  std::uint32_t* const queue = queues + threadIdx.x / kWarpLanes * kQueuedPairs;
  const std::uint32_t tasks = source.count(left, right);
  std::uint32_t passed = 0;
  for (std::uint32_t number = grid_thread() / kWarpLanes; number < tasks; number += grid_threads() / kWarpLanes) {
    const WarpTask task = source.task(number, left, right);
    const RightRecord record(right, task.tile * kWarpLanes + lane);
    const std::uint32_t presence = right.presence[record.position];
    std::uint32_t waiting = 0;  // the same in all lanes
    for (std::uint32_t i = task.first_row; i < task.end_row; ++i) {
      const LeftRow row(left, i);
      const PairLengths lengths = row.lengths_with(record);
      const std::uint32_t most = most_matches(left.presence[i], presence, lengths);
      const bool survives = source.takes(task, record.position, right) &&
                            may_reach_with(output.threshold, most, row.prefix_with(record), lengths);
      const std::uint32_t survivors = __ballot_sync(kAllLanes, survives ? 1 : 0);
      if (survivors == 0) continue;
      const std::uint32_t place = waiting + set_bits(survivors & low_bits<std::uint32_t>(lane));
      if (survives) queue[place] = (i - task.first_row) * kWarpLanes + lane;
      waiting += set_bits(survivors);
      passed += set_bits(survivors);
      if (waiting < kWarpLanes) continue;
      waiting -= kWarpLanes;
      __syncwarp();
      score_queued<kSlots, Slots>(left, right, task, queue + waiting, kWarpLanes, output);  // the last ones: none moves
      __syncwarp();
    }
    __syncwarp();
    if (waiting > 0) score_queued<kSlots, Slots>(left, right, task, queue, waiting, output);
    __syncwarp();
  }
  if (lane == 0 && passed > 0) atomicAdd(scored, passed);
}

}  // namespace matcher::gpu
