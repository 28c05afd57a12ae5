// The launches of block kernels on lists of tasks.
#include "matcher/gpu/engine/enqueue_blocks.hpp"

#include <algorithm>

#include "matcher/gpu/device/launch.hpp"
#include "matcher/gpu/kernels/catalog.hpp"

namespace matcher::gpu {

DeviceStatus enqueue_blocks(const BlockLaunch& blocks, cudaStream_t stream) {
  constexpr unsigned kWarps = kBlockThreads / kTileRecords;
  const unsigned needed = (blocks.tasks.tasks_listed + kWarps - 1) / kWarps;
  const LaunchShape shape{dim3(std::min(needed, blocks.most_blocks)), dim3(kBlockThreads)};
  if (blocks.pruned) {
    return check("launch", launch(shape, stream, pruned_listed_matches(blocks.slots, blocks.five_bits), blocks.left,
                                  blocks.right, blocks.tasks, blocks.output, blocks.scored));
  }
  return check("launch", launch(shape, stream, listed_matches(blocks.slots, blocks.five_bits), blocks.left,
                                blocks.right, blocks.tasks, blocks.output));
}

}  // namespace matcher::gpu
