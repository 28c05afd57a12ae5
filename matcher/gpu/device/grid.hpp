// Axis "grid": how many blocks of how many threads a kernel is started with. Plain arithmetic on the host.
#pragma once

#include <cuda_runtime_api.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "matcher/gpu/device/launch.hpp"

namespace matcher::gpu {

// What the compiler says of a kernel (cudaFuncGetAttributes, -Xptxas -v) and what a launch adds.
struct KernelFacts {
  int registers = 0;  // per thread
  std::size_t static_shared_bytes = 0;
  std::size_t dynamic_shared_bytes_per_thread = 0;
  int most_threads = 1024;  // per block
};

struct Occupancy {
  unsigned block_threads = 0;
  int blocks_per_sm = 0;  // 0: it cannot be started at all
  double fraction = 0;    // resident threads of the most that fit
};

[[nodiscard]] Occupancy occupancy_of(const cudaDeviceProp& device, const KernelFacts& kernel, unsigned block_threads);
// The best fraction; of equals the smallest block, whose end wastes least. Empty if none can be started.
[[nodiscard]] std::optional<Occupancy> best_occupancy(const cudaDeviceProp& device, const KernelFacts& kernel,
                                                      std::span<const unsigned> block_sizes);

// The audited way: blocks of 256, a thread for each.
[[nodiscard]] LaunchShape static_shape(std::size_t threads, const KernelFacts& kernel);
// For kernels that stride over the grid: as many blocks as are resident at once, a multiple of the multiprocessors,
// never more than there is work for.
[[nodiscard]] LaunchShape occupancy_shape(std::size_t threads, const cudaDeviceProp& device, const KernelFacts& kernel,
                                          const Occupancy& occupancy);

}  // namespace matcher::gpu
