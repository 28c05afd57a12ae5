// Every device resource that is alive: what it is, how large, who asked for it and where.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/gpu/device/device_error.hpp"
#include "matcher/gpu/device/site.hpp"

namespace matcher::gpu {

enum class ResourceKind : std::uint8_t {
  kDeviceMemory,      // cudaMalloc
  kOrderedMemory,     // cudaMallocAsync
  kPinnedMemory,      // cudaHostAlloc
  kManagedMemory,     // cudaMallocManaged
  kRegisteredMemory,  // cudaHostRegister; the memory itself is the caller's
  kStream,
  kEvent,
  kGraph,
  kExecutableGraph,
  kLibrary,
};
inline constexpr std::size_t kResourceKinds = 10;
[[nodiscard]] std::string_view name_of(ResourceKind kind);

struct LiveResource {
  ResourceKind kind = ResourceKind::kDeviceMemory;
  std::size_t bytes = 0;  // 0: not memory
  std::string label;
  Site site;
};

// A resource that was given up but whose release failed; it lives on outside of our hands, until the process ends.
struct FailedRelease {
  LiveResource resource;
  DeviceError error;
};

struct ResourceTotals {
  std::uint64_t acquired = 0;  // since the tracker was made
  std::size_t live = 0;
  std::size_t live_bytes = 0;
  std::size_t peak_bytes = 0;
};

// Outlives every owner that was made with it. Thread-safe.
class ResourceTracker {
 public:
  using Id = std::uint64_t;  // never 0

  [[nodiscard]] Id add(LiveResource resource);
  void remove(Id id) noexcept;
  void remove_failed(Id id, DeviceError error);

  // In the order in which they were acquired.
  [[nodiscard]] std::vector<LiveResource> live() const;
  [[nodiscard]] std::vector<FailedRelease> failed_releases() const;
  [[nodiscard]] ResourceTotals totals(ResourceKind kind) const;
  // One line per live resource and failed release; empty if there is neither.
  [[nodiscard]] std::string leak_report() const;

 private:
  using Entries = std::map<Id, LiveResource>;
  void forget(Entries::iterator entry) noexcept;

  mutable std::mutex mutex_;
  Id last_ = 0;
  Entries live_;
  std::vector<FailedRelease> failed_;
  std::array<ResourceTotals, kResourceKinds> totals_{};
};

}  // namespace matcher::gpu
