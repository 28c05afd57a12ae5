// The fused kernel as one that stays: launched once, its blocks take ranges of pairs from a queue until there are none,
// and wait for those that the host has not sent yet.
//
// It always ends: a block works only on ranges that are there, and waits no longer than the queue says, so that a host
// that sends nothing more (or a profiler that runs the kernel alone) does not hang. What it gave up on is not marked as
// done, and another launch over the same queue, its `taken` at 0, does just that.
#pragma once

#include "matcher/gpu/kernels/fused.cuh"
#include "matcher/gpu/layout/work_queue.hpp"

namespace matcher::gpu {

inline constexpr std::uint32_t kNoRange = 0xffffffffU;
inline constexpr std::uint32_t kPollNanoseconds = 500;

// The next range that is in place and not done, or none. One thread of a block.
ASSAY_DEVICE std::uint32_t take_range(const WorkQueue& queue, std::uint64_t start_ns) {
  while (true) {
    const std::uint32_t range = atomicAdd(queue.taken, 1U);
    if (range >= queue.ranges) return kNoRange;
    if (queue.done[range] != 0) continue;
    while (*queue.published <= range) {
      if (global_nanoseconds() - start_ns >= queue.patience_ns) return kNoRange;
      __nanosleep(kPollNanoseconds);
    }
    __threadfence_system();  // pairs are read after the count that says that they are there, and not from a stale cache
    return range;
  }
}

template <std::uint32_t kLongest, class Source, class Output>
ASSAY_KERNEL void fused_persistent_kernel(Source source, Output output, WorkQueue queue) {
  ASSAY_SHARED_ARRAY(std::uint32_t, taken, 1);
  const std::uint64_t start_ns = global_nanoseconds();
  while (true) {
    if (threadIdx.x == 0) taken[0] = take_range(queue, start_ns);
    __syncthreads();
    const std::uint32_t range = taken[0];
    if (range == kNoRange) return;
    const std::uint32_t begin = range * queue.range_pairs;
    const std::uint32_t end = smaller(begin + queue.range_pairs, source.pairs);
    for (std::uint32_t i = begin + threadIdx.x; i < end; i += blockDim.x) {
      score_fused<kLongest>(source, output, i);
    }
    __syncthreads();  // all pairs are scored, and all threads have read what is taken
    if (threadIdx.x == 0) queue.done[range] = 1;
  }
}

}  // namespace matcher::gpu
