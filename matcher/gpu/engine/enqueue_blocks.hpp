// Starts a block kernel on a list of tasks: the only part of the engine's GPU code that needs CUDA's compiler. Defined
// twice, like kernels/catalog.hpp: by nvcc, and by a C++ compiler for the emulator.
#pragma once

#include <cuda_runtime_api.h>

#include <cstdint>

#include "matcher/gpu/device/device_error.hpp"
#include "matcher/gpu/layout/results.hpp"
#include "matcher/gpu/layout/tasks.hpp"
#include "matcher/gpu/layout/views.hpp"

namespace matcher::gpu {

// All pointers are the device's.
struct BlockLaunch {
  Patterns left;
  Tiles right;
  ListedTasks tasks;
  MatchList output;
  std::uint32_t* scored = nullptr;  // as PrunedListedMatches; the other kernel leaves it alone
  std::uint32_t slots = 0;
  bool five_bits = false;
  bool pruned = false;
  unsigned most_blocks = 1;  // of the grid; warps take tasks in turn
};

// REQUIRES: at least one task.
[[nodiscard]] DeviceStatus enqueue_blocks(const BlockLaunch& blocks, cudaStream_t stream);

}  // namespace matcher::gpu
