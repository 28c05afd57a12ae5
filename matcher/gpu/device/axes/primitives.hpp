// What single CUDA operations cost on this machine: copies by size and kind, allocations, launches, waits.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "matcher/gpu/device/resource_tracker.hpp"

namespace matcher::gpu {

struct PrimitiveCost {
  std::string name;       // "copy to device, pinned"
  std::size_t bytes = 0;  // 0: has no size
  std::size_t repeats = 0;
  double median_ns = 0;  // of one operation, until it has taken effect
};

struct PrimitiveOptions {
  std::size_t largest_bytes = std::size_t{256} << 20;
  std::size_t repeats = 21;
  std::size_t launches = 1000;
  std::chrono::steady_clock::time_point (*now)() = std::chrono::steady_clock::now;
};

// Errors: the first that a call of CUDA answers.
[[nodiscard]] DeviceResult<std::vector<PrimitiveCost>> measure_primitives(ResourceTracker& tracker,
                                                                          const PrimitiveOptions& options);

}  // namespace matcher::gpu
