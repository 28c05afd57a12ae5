// What becomes of the 32 scores of a warp in the block kernels.
#pragma once

#include "matcher/gpu/kernels/platform.cuh"
#include "matcher/gpu/kernels/threshold.hpp"
#include "matcher/gpu/layout/results.hpp"
#include "matcher/similarity/packed_parts.hpp"

namespace matcher::gpu {

// All lanes of the warp call the functions below together, with `real` where the lane holds a pair.

ASSAY_DEVICE void store_block_score(const ScoreMatrix& output, bool real, std::uint32_t left, std::uint32_t right,
                                    const ScoreParts& parts, const PairLengths&) {
  if (real) output.scores[left * output.pitch + right] = pack_parts(parts);
}

// A place of its own behind *count for every lane that wants one, by one atomic a warp.
ASSAY_DEVICE std::uint32_t reserve_place(bool wanted, std::uint32_t* count) {
  const std::uint32_t lane = threadIdx.x % kWarpLanes;
  const std::uint32_t lanes = __ballot_sync(kAllLanes, wanted ? 1 : 0);
  if (lanes == 0) return 0;
  std::uint32_t first = 0;
  if (lane == 0) first = atomicAdd(count, set_bits(lanes));
  return __shfl_sync(kAllLanes, first, 0) + set_bits(lanes & low_bits<std::uint32_t>(lane));
}

ASSAY_DEVICE void store_block_score(const MatchList& output, bool real, std::uint32_t left, std::uint32_t right,
                                    const ScoreParts& parts, const PairLengths& lengths) {
  const bool wanted = real && may_reach(output.threshold, parts, lengths);
  const std::uint32_t place = reserve_place(wanted, output.count);
  if (wanted && place < output.capacity) output.matches[place] = {left, right, pack_parts(parts)};
}

}  // namespace matcher::gpu
