// Grid sizes from NVIDIA's occupancy arithmetic (cuda_occupancy.h), which needs no device.
#include "matcher/gpu/device/grid.hpp"

#include <cuda_occupancy.h>

#include <algorithm>

namespace matcher::gpu {
namespace {

constexpr unsigned kStaticBlock = 256;

unsigned blocks_for(std::size_t threads, unsigned block_threads) {
  return static_cast<unsigned>(std::max<std::size_t>(1, (threads + block_threads - 1) / block_threads));
}

LaunchShape shape_of(unsigned blocks, unsigned block_threads, const KernelFacts& kernel) {
  return {dim3(blocks), dim3(block_threads), kernel.dynamic_shared_bytes_per_thread * block_threads};
}

}  // namespace

Occupancy occupancy_of(const cudaDeviceProp& device, const KernelFacts& kernel, unsigned block_threads) {
  const cudaOccDeviceProp properties(device);
  cudaOccFuncAttributes attributes;
  attributes.maxThreadsPerBlock = kernel.most_threads;
  attributes.numRegs = kernel.registers;
  attributes.sharedSizeBytes = kernel.static_shared_bytes;
  attributes.partitionedGCConfig = PARTITIONED_GC_OFF;
  attributes.shmemLimitConfig = FUNC_SHMEM_LIMIT_OPTIN;
  attributes.maxDynamicSharedSizeBytes = device.sharedMemPerBlockOptin - kernel.static_shared_bytes;
  const cudaOccDeviceState state;
  cudaOccResult result{};
  const cudaOccError error = cudaOccMaxActiveBlocksPerMultiprocessor(
      &result, &properties, &attributes, &state, static_cast<int>(block_threads),
      kernel.dynamic_shared_bytes_per_thread * block_threads);
  const int blocks = error == CUDA_OCC_SUCCESS ? result.activeBlocksPerMultiprocessor : 0;
  return {block_threads, blocks,
          static_cast<double>(blocks) * block_threads / static_cast<double>(device.maxThreadsPerMultiProcessor)};
}

std::optional<Occupancy> best_occupancy(const cudaDeviceProp& device, const KernelFacts& kernel,
                                        std::span<const unsigned> block_sizes) {
  std::optional<Occupancy> best;
  for (const unsigned block_threads : block_sizes) {
    const Occupancy occupancy = occupancy_of(device, kernel, block_threads);
    if (occupancy.blocks_per_sm == 0) continue;
    const bool better = !best || occupancy.fraction > best->fraction ||
                        (occupancy.fraction == best->fraction && block_threads < best->block_threads);
    if (better) best = occupancy;
  }
  return best;
}

LaunchShape static_shape(std::size_t threads, const KernelFacts& kernel) {
  return shape_of(blocks_for(threads, kStaticBlock), kStaticBlock, kernel);
}

LaunchShape occupancy_shape(std::size_t threads, const cudaDeviceProp& device, const KernelFacts& kernel,
                            const Occupancy& occupancy) {
  const auto resident = static_cast<unsigned>(occupancy.blocks_per_sm * device.multiProcessorCount);
  return shape_of(std::min(resident, blocks_for(threads, occupancy.block_threads)), occupancy.block_threads, kernel);
}

}  // namespace matcher::gpu
