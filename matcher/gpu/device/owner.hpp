// Owners of CUDA handles: move-only, labelled, released exactly once, known to a ResourceTracker.
#pragma once

#include <cuda_runtime_api.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "matcher/gpu/device/device_error.hpp"
#include "matcher/gpu/device/resource_tracker.hpp"

namespace matcher::gpu {

// Kind: a Handle that compares with Handle{} (nothing owned), kResource, kReleaseCall, release(Handle).
// Call order: (made by a function below | default) get* close?. Not thread-safe.
template <class Kind>
class Owner {
 public:
  using Handle = typename Kind::Handle;

  Owner() = default;
  // Takes the handle over.
  Owner(ResourceTracker& tracker, Handle handle, std::size_t bytes, std::string_view label, Site site)
      : handle_(handle), bytes_(bytes), tracker_(&tracker) {
    id_ = tracker.add({Kind::kResource, bytes, std::string(label), site});
  }
  Owner(Owner&& other) noexcept
      : handle_(std::exchange(other.handle_, Handle{})),
        bytes_(std::exchange(other.bytes_, 0)),
        tracker_(std::exchange(other.tracker_, nullptr)),
        id_(std::exchange(other.id_, 0)) {}
  Owner& operator=(Owner&& other) noexcept {
    if (this != &other) {
      static_cast<void>(close());
      handle_ = std::exchange(other.handle_, Handle{});
      bytes_ = std::exchange(other.bytes_, 0);
      tracker_ = std::exchange(other.tracker_, nullptr);
      id_ = std::exchange(other.id_, 0);
    }
    return *this;
  }
  Owner(const Owner&) = delete;
  Owner& operator=(const Owner&) = delete;
  ~Owner() { static_cast<void>(close()); }

  [[nodiscard]] const Handle& get() const { return handle_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  [[nodiscard]] explicit operator bool() const { return !(handle_ == Handle{}); }

  // Releases now. A failure is returned, and the tracker keeps it: a destructor has nobody to tell.
  DeviceStatus close() {
    if (!*this) return {};
    const DeviceStatus released = check(Kind::kReleaseCall, Kind::release(std::exchange(handle_, Handle{})));
    if (released) {
      tracker_->remove(id_);
    } else {
      tracker_->remove_failed(id_, released.error());
    }
    return released;
  }

 private:
  Handle handle_{};
  std::size_t bytes_ = 0;
  ResourceTracker* tracker_ = nullptr;
  ResourceTracker::Id id_ = 0;
};

struct DeviceMemoryKind {
  using Handle = void*;
  static constexpr ResourceKind kResource = ResourceKind::kDeviceMemory;
  static constexpr std::string_view kReleaseCall = "cudaFree";
  static cudaError_t release(Handle handle) { return cudaFree(handle); }
};
struct OrderedMemoryKind {
  struct Handle {
    void* data = nullptr;
    cudaStream_t stream = nullptr;  // in whose order it is freed; must still exist then
    bool operator==(const Handle&) const = default;
  };
  static constexpr ResourceKind kResource = ResourceKind::kOrderedMemory;
  static constexpr std::string_view kReleaseCall = "cudaFreeAsync";
  static cudaError_t release(const Handle& handle) { return cudaFreeAsync(handle.data, handle.stream); }
};
struct PinnedMemoryKind {
  using Handle = void*;
  static constexpr ResourceKind kResource = ResourceKind::kPinnedMemory;
  static constexpr std::string_view kReleaseCall = "cudaFreeHost";
  static cudaError_t release(Handle handle) { return cudaFreeHost(handle); }
};
struct ManagedMemoryKind {
  using Handle = void*;
  static constexpr ResourceKind kResource = ResourceKind::kManagedMemory;
  static constexpr std::string_view kReleaseCall = "cudaFree";
  static cudaError_t release(Handle handle) { return cudaFree(handle); }
};
struct RegisteredMemoryKind {
  using Handle = void*;
  static constexpr ResourceKind kResource = ResourceKind::kRegisteredMemory;
  static constexpr std::string_view kReleaseCall = "cudaHostUnregister";
  static cudaError_t release(Handle handle) { return cudaHostUnregister(handle); }
};
struct StreamKind {
  using Handle = cudaStream_t;
  static constexpr ResourceKind kResource = ResourceKind::kStream;
  static constexpr std::string_view kReleaseCall = "cudaStreamDestroy";
  static cudaError_t release(Handle handle) { return cudaStreamDestroy(handle); }
};
struct EventKind {
  using Handle = cudaEvent_t;
  static constexpr ResourceKind kResource = ResourceKind::kEvent;
  static constexpr std::string_view kReleaseCall = "cudaEventDestroy";
  static cudaError_t release(Handle handle) { return cudaEventDestroy(handle); }
};
struct GraphKind {
  using Handle = cudaGraph_t;
  static constexpr ResourceKind kResource = ResourceKind::kGraph;
  static constexpr std::string_view kReleaseCall = "cudaGraphDestroy";
  static cudaError_t release(Handle handle) { return cudaGraphDestroy(handle); }
};
struct ExecutableGraphKind {
  using Handle = cudaGraphExec_t;
  static constexpr ResourceKind kResource = ResourceKind::kExecutableGraph;
  static constexpr std::string_view kReleaseCall = "cudaGraphExecDestroy";
  static cudaError_t release(Handle handle) { return cudaGraphExecDestroy(handle); }
};
struct LibraryKind {
  using Handle = cudaLibrary_t;
  static constexpr ResourceKind kResource = ResourceKind::kLibrary;
  static constexpr std::string_view kReleaseCall = "cudaLibraryUnload";
  static cudaError_t release(Handle handle) { return cudaLibraryUnload(handle); }
};

using DeviceMemory = Owner<DeviceMemoryKind>;
using OrderedMemory = Owner<OrderedMemoryKind>;
using PinnedMemory = Owner<PinnedMemoryKind>;
using ManagedMemory = Owner<ManagedMemoryKind>;
using RegisteredMemory = Owner<RegisteredMemoryKind>;
using Stream = Owner<StreamKind>;
using Event = Owner<EventKind>;
using Graph = Owner<GraphKind>;
using ExecutableGraph = Owner<ExecutableGraphKind>;
using Library = Owner<LibraryKind>;

}  // namespace matcher::gpu
