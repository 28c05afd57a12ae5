// Axis "wait": how the host learns that the work of a tile is done.
#pragma once

#include <cuda_runtime_api.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

#include "matcher/gpu/device/device_error.hpp"
#include "matcher/gpu/device/resources.hpp"

namespace matcher::gpu {

enum class WaitChoice {
  kStream,         // cudaStreamSynchronize: also waits for later tiles of the same stream
  kBlockingEvent,  // cudaEventSynchronize on a blocking event: the thread sleeps in the driver
  kPolling,        // cudaEventQuery, yielding first, then sleeping longer and longer
};

struct WaitCounters {
  std::uint64_t waits = 0;
  std::uint64_t polls = 0;
  std::uint64_t yields = 0;
  std::uint64_t sleeps = 0;
};

// How a polling thread passes the time; tests give their own.
struct Pauses {
  std::function<void()> yield;
  std::function<void(std::chrono::nanoseconds)> sleep;
};
[[nodiscard]] Pauses thread_pauses();

class StreamWait {
 public:
  virtual ~StreamWait() = default;
  // Returns when the work before `event`, recorded in `stream`, is done. Errors: also those of that work.
  [[nodiscard]] virtual DeviceStatus wait(cudaStream_t stream, cudaEvent_t event) = 0;
  [[nodiscard]] virtual EventUse event_use() const { return EventUse::kPolling; }
  [[nodiscard]] const WaitCounters& counters() const { return counters_; }

 protected:
  WaitCounters counters_;
};

[[nodiscard]] std::unique_ptr<StreamWait> make_stream_wait(WaitChoice choice, Pauses pauses = thread_pauses());

}  // namespace matcher::gpu
