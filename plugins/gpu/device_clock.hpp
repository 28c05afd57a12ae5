// Time that kernels take by the device's own clock: an event before and one after those of each tile.
#pragma once

#include <cstdint>
#include <vector>

#include "matcher/gpu/device/resources.hpp"
#include "plugins/gpu/device_failure.hpp"

namespace assay::gpu {

// Call order: (begin end)* take. Keeps its events for the next run. Not for streams that record a graph: events inside
// of one have no time.
class DeviceClock {
 public:
  explicit DeviceClock(matcher::gpu::ResourceTracker& tracker) : tracker_(&tracker) {}

  void begin(cudaStream_t stream) { record(stream); }
  void end(cudaStream_t stream) { record(stream); }

  // Nanoseconds of all intervals since the last call, added up; those of different streams may overlap. REQUIRES: their
  // work is done.
  [[nodiscard]] std::uint64_t take() {
    double milliseconds = 0;
    for (std::size_t i = 0; i + 1 < used_; i += 2) {
      float interval = 0;
      require(matcher::gpu::check("cudaEventElapsedTime",
                                  cudaEventElapsedTime(&interval, events_[i].get(), events_[i + 1].get())));
      milliseconds += static_cast<double>(interval);
    }
    used_ = 0;
    return static_cast<std::uint64_t>(milliseconds * 1e6);
  }

 private:
  void record(cudaStream_t stream) {
    if (used_ == events_.size()) {
      events_.push_back(
          value_of(matcher::gpu::create_event(*tracker_, matcher::gpu::EventUse::kTiming, "device clock")));
    }
    require(matcher::gpu::check("cudaEventRecord", cudaEventRecord(events_[used_++].get(), stream)));
  }

  matcher::gpu::ResourceTracker* tracker_;
  std::vector<matcher::gpu::Event> events_;
  std::size_t used_ = 0;
};

}  // namespace assay::gpu
