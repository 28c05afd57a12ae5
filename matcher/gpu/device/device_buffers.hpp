// Axis "device buffers": where the device memory of a tile comes from.
#pragma once

#include <cuda_runtime_api.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "matcher/gpu/device/device_error.hpp"
#include "matcher/gpu/device/resource_tracker.hpp"

namespace matcher::gpu {

enum class DeviceBufferChoice {
  kPerTile,        // cudaMalloc and cudaFree for each block: the audited way
  kPool,           // blocks of powers of two that are kept
  kStreamOrdered,  // cudaMallocAsync and cudaFreeAsync
};

struct DeviceBlock {
  std::byte* data = nullptr;
  std::size_t bytes = 0;  // as asked for
};

struct BufferCounters {
  std::uint64_t requests = 0;
  std::uint64_t hits = 0;  // served without a call of CUDA
  std::uint64_t allocations = 0;
  std::uint64_t expired = 0;          // idle blocks released for their age or for room
  std::uint64_t requested_bytes = 0;  // of all requests
  std::uint64_t reserved_bytes = 0;   // of the blocks they got
  [[nodiscard]] double hit_rate() const {
    return requests == 0 ? 0 : static_cast<double>(hits) / static_cast<double>(requests);
  }
};

using SteadyNow = std::function<std::chrono::steady_clock::time_point()>;

// Owns every block it has given out. Call order: (take | give_back | trim)*. Not thread-safe.
class DeviceBuffers {
 public:
  virtual ~DeviceBuffers() = default;
  // A block of at least `bytes` for work put into `stream` from now on. REQUIRES: bytes > 0. Errors: CUDA's.
  [[nodiscard]] virtual DeviceResult<DeviceBlock> take(std::size_t bytes, cudaStream_t stream,
                                                       std::string_view label) = 0;
  // REQUIRES: a block of take, with its stream, whose work is done.
  virtual DeviceStatus give_back(const DeviceBlock& block, cudaStream_t stream) = 0;
  // Releases what is idle.
  virtual void trim() {}
  [[nodiscard]] const BufferCounters& counters() const { return counters_; }

 protected:
  BufferCounters counters_;
};

struct PoolLimits {
  std::chrono::nanoseconds time_to_live = std::chrono::seconds(10);  // of an idle block
};

// tracker and the streams outlive the result.
[[nodiscard]] std::unique_ptr<DeviceBuffers> make_device_buffers(DeviceBufferChoice choice, ResourceTracker& tracker,
                                                                 SteadyNow now = std::chrono::steady_clock::now,
                                                                 PoolLimits limits = {});

}  // namespace matcher::gpu
