// Takes blocks through a device, in pieces as small as its memory asks for.
#pragma once

#include <cstdint>

#include "matcher/gpu/engine/block_matcher.hpp"
#include "matcher/gpu/engine/blocked_rows.hpp"

namespace matcher::gpu {

struct BlockRun {
  const EncodedNames& left;  // both of one alphabet
  const EncodedNames& right;
  const BlockedRows& rows;  // made of these names
  unsigned threads = 1;     // that make arrays
};

struct BlockRunReport {
  std::uint64_t slices = 0;    // uploads that were run to their end; 1: all was resident at once
  std::uint64_t halvings = 0;  // of a slice, for lack of device memory
};

// Calls take with every pair of rows.for_kernels that may reach the matcher's threshold, exactly once, in no order.
// Errors: CUDA's; out of memory only where one pair of rows does not fit, or memory ran out in the middle of a slice.
// Some pairs may have been handed over then.
[[nodiscard]] DeviceResult<BlockRunReport> run_blocks(BlockMatcher& matcher, const BlockRun& run,
                                                      const TakeScored& take);

}  // namespace matcher::gpu
