// How long work takes on the device by the device's own clock, alone: cold, with an empty cache, and hot, back to back.
//
// Method of NVIDIA's nvbench, README: every cold sample follows a write over more memory than the cache holds, behind
// which the launch waits, so that neither the cache nor the cost of launching is in the time.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "matcher/gpu/device/resources.hpp"

namespace matcher::gpu {

struct TimerOptions {
  std::size_t flushed_bytes = std::size_t{256} << 20;  // an H200 has a cache of 60 MB
  std::size_t fewest_samples = 10;
  std::size_t most_samples = 200;
  double steady = 0.005;  // relative standard deviation below which fewer samples do
  std::chrono::nanoseconds cold_time = std::chrono::seconds(1);
  std::chrono::nanoseconds hot_time = std::chrono::milliseconds(300);
  std::size_t most_hot_runs = 1000;
  std::function<std::chrono::steady_clock::time_point()> now = std::chrono::steady_clock::now;
};

struct KernelTimes {
  std::vector<double> cold_ns;  // sorted
  double hot_ns = 0;            // of one run
  std::size_t hot_runs = 0;

  [[nodiscard]] double cold_median_ns() const { return cold_ns[cold_ns.size() / 2]; }
  [[nodiscard]] double cold_quantile_ns(double share) const {
    return cold_ns[static_cast<std::size_t>(share * static_cast<double>(cold_ns.size() - 1))];
  }
};

// Keeps its stream, events and the memory it writes over. Not thread-safe.
class KernelTimer {
 public:
  using Work = std::function<DeviceStatus(cudaStream_t)>;

  [[nodiscard]] static DeviceResult<KernelTimer> create(ResourceTracker& tracker, TimerOptions options);
  [[nodiscard]] cudaStream_t stream() const { return stream_.get(); }

  // After one run that warms up. Errors, here and below: of the work, or of the runtime.
  [[nodiscard]] DeviceResult<KernelTimes> time(const Work& work);
  // Nanoseconds of cold runs alone, sorted; the fewest that the options ask for are made, however long they take.
  [[nodiscard]] DeviceResult<std::vector<double>> time_cold(const Work& work, std::chrono::nanoseconds most);

 private:
  [[nodiscard]] DeviceResult<double> interval(const Work& work, std::size_t runs);
  [[nodiscard]] DeviceStatus flush();
  [[nodiscard]] bool enough(const std::vector<double>& times, std::chrono::steady_clock::time_point end) const;

  TimerOptions options_;
  Stream stream_;
  Event begin_;
  Event end_;
  DeviceMemory flushed_;
};

}  // namespace matcher::gpu
