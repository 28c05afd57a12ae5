// Axis "host memory": what kind of host memory the copies of a tile read and write.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "matcher/gpu/device/device_error.hpp"
#include "matcher/gpu/device/resource_tracker.hpp"

namespace matcher::gpu {

enum class HostMemoryChoice {
  kPageable,    // the caller's memory as it is; the driver stages copies
  kPinnedPool,  // through page-locked blocks that are kept
  kRegistered,  // the caller's memory, page-locked for the time of a run
  kManaged,     // no copies: blocks that host and device both address, and whose pages the driver moves
};

struct HostRange {
  std::byte* data = nullptr;
  std::size_t bytes = 0;
};

struct HostCounters {
  std::uint64_t staging_requests = 0;
  std::uint64_t staging_hits = 0;
  std::uint64_t fallbacks = 0;  // staging blocks or ranges that stayed pageable
  std::uint64_t registered_ranges = 0;
  std::uint64_t peak_pinned_bytes = 0;
};

// Call order: (begin (staging | shared | give_back)* end)*. Not thread-safe.
class HostMemory {
 public:
  virtual ~HostMemory() = default;
  // All memory of the caller's that a run copies from or to; it stays where it is until end.
  [[nodiscard]] virtual DeviceStatus begin(const std::vector<HostRange>&) { return {}; }
  virtual void end() {}
  // Page-locked memory to copy through, or none: copy from and to the caller's memory. Memory that cannot be locked
  // is a fallback, counted, and no error. Errors: a device that does not work at all.
  [[nodiscard]] virtual DeviceResult<HostRange> staging(std::size_t) { return HostRange{}; }
  // Memory for an array of a tile that the device addresses, too, or none: copy. Errors: CUDA's.
  [[nodiscard]] virtual DeviceResult<HostRange> shared(std::size_t) { return HostRange{}; }
  // REQUIRES: of staging or shared.
  virtual void give_back(const HostRange&) {}
  [[nodiscard]] const HostCounters& counters() const { return counters_; }

 protected:
  HostCounters counters_;
};

// A quarter: page-locked memory is taken from everything else that runs on the machine.
[[nodiscard]] constexpr std::size_t pinned_limit(std::size_t physical_bytes) {
  return physical_bytes / 4;
}
[[nodiscard]] std::size_t physical_memory_bytes();

// Ranges that share a page are locked as one, because a page can be locked only once. Sorted by address.
[[nodiscard]] std::vector<HostRange> merge_by_page(std::vector<HostRange> ranges, std::size_t page_bytes);

// kManaged alone. tracker outlives the result.
[[nodiscard]] std::unique_ptr<HostMemory> make_managed_memory(ResourceTracker& tracker);

// tracker outlives the result. most_pinned_bytes: of the pool.
[[nodiscard]] std::unique_ptr<HostMemory> make_host_memory(
    HostMemoryChoice choice, ResourceTracker& tracker,
    std::size_t most_pinned_bytes = pinned_limit(physical_memory_bytes()));

}  // namespace matcher::gpu
