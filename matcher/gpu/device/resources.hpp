// How each owner of a CUDA handle is acquired. Errors: what the CUDA call answers; nothing is owned then.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "matcher/gpu/device/owner.hpp"

namespace matcher::gpu {

// Device memory; the release waits for all work of the device. REQUIRES, of all memory: bytes > 0.
[[nodiscard]] DeviceResult<DeviceMemory> allocate_device(ResourceTracker& tracker, std::size_t bytes,
                                                         std::string_view label, Site site = Site::here());
// Device memory from the stream-ordered pool, valid for work put into `stream` from now on.
[[nodiscard]] DeviceResult<OrderedMemory> allocate_ordered(ResourceTracker& tracker, std::size_t bytes,
                                                           cudaStream_t stream, std::string_view label,
                                                           Site site = Site::here());
// Page-locked host memory.
[[nodiscard]] DeviceResult<PinnedMemory> allocate_pinned(ResourceTracker& tracker, std::size_t bytes,
                                                         std::string_view label, Site site = Site::here());
// Memory that host and device both address.
[[nodiscard]] DeviceResult<ManagedMemory> allocate_managed(ResourceTracker& tracker, std::size_t bytes,
                                                           std::string_view label, Site site = Site::here());
// Page-locks memory of the caller's, which must outlive the owner. Memory that is mapped read-only is asked for as
// such.
[[nodiscard]] DeviceResult<RegisteredMemory> register_host(ResourceTracker& tracker, std::span<std::byte> memory,
                                                           std::string_view label, Site site = Site::here());
// A stream that does not wait for the default stream.
[[nodiscard]] DeviceResult<Stream> create_stream(ResourceTracker& tracker, std::string_view label,
                                                 Site site = Site::here());

enum class EventUse {
  kTiming,    // cudaEventElapsedTime
  kPolling,   // no time stamps: cheaper
  kBlocking,  // no time stamps; a thread that waits for it sleeps
};
[[nodiscard]] DeviceResult<Event> create_event(ResourceTracker& tracker, EventUse use, std::string_view label,
                                               Site site = Site::here());

// What was put into `stream` since cudaStreamBeginCapture.
[[nodiscard]] DeviceResult<Graph> end_capture(ResourceTracker& tracker, cudaStream_t stream, std::string_view label,
                                              Site site = Site::here());
[[nodiscard]] DeviceResult<ExecutableGraph> instantiate(ResourceTracker& tracker, cudaGraph_t graph,
                                                        std::string_view label, Site site = Site::here());

// A module from a cubin, PTX or fat binary.
[[nodiscard]] DeviceResult<Library> load_library(ResourceTracker& tracker, const std::string& image,
                                                 std::string_view label, Site site = Site::here());
// A kernel by its lowered (mangled) name; lives as long as its library.
[[nodiscard]] DeviceResult<cudaKernel_t> find_kernel(const Library& library, const std::string& name,
                                                     Site site = Site::here());

}  // namespace matcher::gpu
