// Three ways to wait for a stream.
#include "matcher/gpu/device/stream_wait.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace matcher::gpu {
namespace {

// A small tile takes a few microseconds: about as long as so many yields. Longer waits are worth a sleep.
constexpr int kYields = 32;
constexpr std::chrono::nanoseconds kFirstSleep = std::chrono::microseconds(2);
constexpr std::chrono::nanoseconds kLongestSleep = std::chrono::microseconds(50);

class WaitForStream final : public StreamWait {
 public:
  DeviceStatus wait(cudaStream_t stream, cudaEvent_t) override {
    ++counters_.waits;
    return check("cudaStreamSynchronize", cudaStreamSynchronize(stream));
  }
};

class WaitForEvent final : public StreamWait {
 public:
  DeviceStatus wait(cudaStream_t, cudaEvent_t event) override {
    ++counters_.waits;
    return check("cudaEventSynchronize", cudaEventSynchronize(event));
  }
  EventUse event_use() const override { return EventUse::kBlocking; }
};

class PollEvent final : public StreamWait {
 public:
  explicit PollEvent(Pauses pauses) : pauses_(std::move(pauses)) {}

  DeviceStatus wait(cudaStream_t, cudaEvent_t event) override {
    ++counters_.waits;
    std::chrono::nanoseconds sleep = kFirstSleep;
    for (int round = 0;; ++round) {
      ++counters_.polls;
      const cudaError_t code = cudaEventQuery(event);
      if (code != cudaErrorNotReady) return check("cudaEventQuery", code);
      if (round < kYields) {
        ++counters_.yields;
        pauses_.yield();
      } else {
        ++counters_.sleeps;
        pauses_.sleep(sleep);
        sleep = std::min(2 * sleep, kLongestSleep);
      }
    }
  }

 private:
  Pauses pauses_;
};

}  // namespace

Pauses thread_pauses() {
  return {[] { std::this_thread::yield(); }, [](std::chrono::nanoseconds time) { std::this_thread::sleep_for(time); }};
}

std::unique_ptr<StreamWait> make_stream_wait(WaitChoice choice, Pauses pauses) {
  switch (choice) {
    case WaitChoice::kBlockingEvent:
      return std::make_unique<WaitForEvent>();
    case WaitChoice::kPolling:
      return std::make_unique<PollEvent>(std::move(pauses));
    case WaitChoice::kStream:
      break;
  }
  return std::make_unique<WaitForStream>();
}

}  // namespace matcher::gpu
