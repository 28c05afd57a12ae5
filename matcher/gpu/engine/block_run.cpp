// A stack of slices: what does not fit is halved and tried again.
#include "matcher/gpu/engine/block_run.hpp"

#include <utility>
#include <vector>

namespace matcher::gpu {
namespace {

using Slice = std::vector<RowBlock>;

// Half of a slice stays in it, the other half is returned; empty: a slice of one pair cannot be halved.
Slice take_half(Slice& slice) {
  if (slice.size() > 1) {
    const auto middle = slice.begin() + static_cast<std::ptrdiff_t>(slice.size() / 2);
    Slice half(middle, slice.end());
    slice.erase(middle, slice.end());
    return half;
  }
  RowBlock& block = slice.front();
  if (block.pairs() == 1) return {};
  RowBlock half = block;
  if (block.left_end - block.left_begin >= block.right_end - block.right_begin) {
    half.left_begin = block.left_end = block.left_begin + (block.left_end - block.left_begin) / 2;
  } else {
    half.right_begin = block.right_end = block.right_begin + (block.right_end - block.right_begin) / 2;
  }
  return {half};
}

DeviceStatus run_slice(BlockMatcher& matcher, const BlockRun& run, const Slice& slice, const TakeScored& take) {
  const PackedBlocks packed = pack_blocks(run.left, run.right, run.rows, slice, run.threads);
  auto resident = matcher.upload(packed);
  if (!resident) return hand_on(resident);
  return matcher.match(packed, *resident, take);
}

}  // namespace

DeviceResult<BlockRunReport> run_blocks(BlockMatcher& matcher, const BlockRun& run, const TakeScored& take) {
  BlockRunReport report;
  std::vector<Slice> slices;
  if (!run.rows.for_kernels.empty()) slices.push_back(run.rows.for_kernels);
  while (!slices.empty()) {
    Slice slice = std::move(slices.back());
    slices.pop_back();
    const std::uint64_t done = matcher.counters().pairs;
    DeviceStatus status = run_slice(matcher, run, slice, take);
    if (status) {
      ++report.slices;
      continue;
    }
    // A slice that has handed over pairs cannot be tried again: they would come twice.
    if (status.error().failure != DeviceFailure::kOutOfMemory || matcher.counters().pairs != done)
      return hand_on(status);
    Slice half = take_half(slice);
    if (half.empty()) return hand_on(status);
    ++report.halvings;
    slices.push_back(std::move(half));
    slices.push_back(std::move(slice));
  }
  return report;
}

}  // namespace matcher::gpu
