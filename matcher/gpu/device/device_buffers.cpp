// The three sources of device memory.
#include "matcher/gpu/device/device_buffers.hpp"

#include <iterator>
#include <list>
#include <unordered_map>
#include <utility>

#include "matcher/gpu/device/resources.hpp"
#include "matcher/gpu/device/size_class.hpp"

namespace matcher::gpu {
namespace {

class PerTileBuffers final : public DeviceBuffers {
 public:
  explicit PerTileBuffers(ResourceTracker& tracker) : tracker_(tracker) {}

  DeviceResult<DeviceBlock> take(std::size_t bytes, cudaStream_t, std::string_view label) override {
    ++counters_.requests;
    auto memory = allocate_device(tracker_, bytes, label);
    if (!memory) return hand_on(memory);
    ++counters_.allocations;
    counters_.requested_bytes += bytes;
    counters_.reserved_bytes += bytes;
    const DeviceBlock block{static_cast<std::byte*>(memory->get()), bytes};
    taken_.emplace(block.data, std::move(*memory));
    return block;
  }

  DeviceStatus give_back(const DeviceBlock& block, cudaStream_t) override {
    auto taken = taken_.extract(block.data);
    return taken.mapped().close();
  }

 private:
  ResourceTracker& tracker_;
  std::unordered_map<std::byte*, DeviceMemory> taken_;
};

class StreamOrderedBuffers final : public DeviceBuffers {
 public:
  explicit StreamOrderedBuffers(ResourceTracker& tracker) : tracker_(tracker) {}

  DeviceResult<DeviceBlock> take(std::size_t bytes, cudaStream_t stream, std::string_view label) override {
    ++counters_.requests;
    if (DeviceStatus kept = keep_memory(); !kept) return hand_on(kept);
    auto memory = allocate_ordered(tracker_, bytes, stream, label);
    if (!memory) return hand_on(memory);
    ++counters_.allocations;
    counters_.requested_bytes += bytes;
    counters_.reserved_bytes += bytes;
    const DeviceBlock block{static_cast<std::byte*>(memory->get().data), bytes};
    taken_.emplace(block.data, std::move(*memory));
    return block;
  }

  DeviceStatus give_back(const DeviceBlock& block, cudaStream_t) override {
    auto taken = taken_.extract(block.data);
    return taken.mapped().close();
  }

 private:
  // Left alone, the driver's pool gives all it holds back to the system at every synchronization.
  DeviceStatus keep_memory() {
    if (kept_) return {};
    int device = 0;
    cudaMemPool_t pool = nullptr;
    std::uint64_t threshold = UINT64_MAX;
    DeviceStatus status = check("cudaGetDevice", cudaGetDevice(&device));
    if (status) status = check("cudaDeviceGetDefaultMemPool", cudaDeviceGetDefaultMemPool(&pool, device));
    if (status) {
      status =
          check("cudaMemPoolSetAttribute", cudaMemPoolSetAttribute(pool, cudaMemPoolAttrReleaseThreshold, &threshold));
    }
    kept_ = status.has_value();
    return status;
  }

  ResourceTracker& tracker_;
  bool kept_ = false;
  std::unordered_map<std::byte*, OrderedMemory> taken_;
};

class PooledBuffers final : public DeviceBuffers {
 public:
  PooledBuffers(ResourceTracker& tracker, SteadyNow now, PoolLimits limits)
      : tracker_(tracker), now_(std::move(now)), limits_(limits) {}

  DeviceResult<DeviceBlock> take(std::size_t bytes, cudaStream_t, std::string_view label) override {
    ++counters_.requests;
    release_older_than(now_() - limits_.time_to_live);
    const std::size_t wanted = size_class(bytes);
    auto memory = take_idle(wanted);
    if (!memory) {
      auto made = allocate_device(tracker_, wanted, label);
      if (!made && made.error().failure == DeviceFailure::kOutOfMemory && !idle_.empty()) {
        trim();
        made = allocate_device(tracker_, wanted, label);
      }
      if (!made) return hand_on(made);
      ++counters_.allocations;
      memory = std::move(*made);
    }
    counters_.requested_bytes += bytes;
    counters_.reserved_bytes += wanted;
    const DeviceBlock block{static_cast<std::byte*>(memory.get()), bytes};
    taken_.emplace(block.data, std::move(memory));
    return block;
  }

  DeviceStatus give_back(const DeviceBlock& block, cudaStream_t) override {
    auto taken = taken_.extract(block.data);
    idle_.push_back({std::move(taken.mapped()), now_()});
    return {};
  }

  void trim() override {
    counters_.expired += idle_.size();
    idle_.clear();
  }

 private:
  struct Idle {
    DeviceMemory memory;
    std::chrono::steady_clock::time_point since;
  };

  // The one given back last. Empty if there is none.
  DeviceMemory take_idle(std::size_t wanted) {
    for (auto idle = idle_.rbegin(); idle != idle_.rend(); ++idle) {
      if (idle->memory.bytes() != wanted) continue;
      DeviceMemory memory = std::move(idle->memory);
      idle_.erase(std::next(idle).base());
      ++counters_.hits;
      return memory;
    }
    return {};
  }

  void release_older_than(std::chrono::steady_clock::time_point limit) {
    while (!idle_.empty() && idle_.front().since < limit) {
      idle_.pop_front();
      ++counters_.expired;
    }
  }

  ResourceTracker& tracker_;
  SteadyNow now_;
  PoolLimits limits_;
  std::list<Idle> idle_;  // longest idle first
  std::unordered_map<std::byte*, DeviceMemory> taken_;
};

}  // namespace

std::unique_ptr<DeviceBuffers> make_device_buffers(DeviceBufferChoice choice, ResourceTracker& tracker, SteadyNow now,
                                                   PoolLimits limits) {
  switch (choice) {
    case DeviceBufferChoice::kPool:
      return std::make_unique<PooledBuffers>(tracker, std::move(now), limits);
    case DeviceBufferChoice::kStreamOrdered:
      return std::make_unique<StreamOrderedBuffers>(tracker);
    case DeviceBufferChoice::kPerTile:
      break;
  }
  return std::make_unique<PerTileBuffers>(tracker);
}

}  // namespace matcher::gpu
