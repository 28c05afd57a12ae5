#include "matcher/gpu/ladder/kernel_timer.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace matcher::gpu {
namespace {

double relative_deviation(const std::vector<double>& times) {
  const double count = static_cast<double>(times.size());
  const double mean = std::accumulate(times.begin(), times.end(), 0.0) / count;
  double squares = 0;
  for (const double time : times) squares += (time - mean) * (time - mean);
  return mean > 0 ? std::sqrt(squares / (count - 1)) / mean : 0;
}

}  // namespace

DeviceResult<KernelTimer> KernelTimer::create(ResourceTracker& tracker, TimerOptions options) {
  KernelTimer timer;
  timer.options_ = std::move(options);
  auto stream = create_stream(tracker, "kernel timer");
  if (!stream) return hand_on(stream);
  timer.stream_ = std::move(*stream);
  for (Event* event : {&timer.begin_, &timer.end_}) {
    auto created = create_event(tracker, EventUse::kTiming, "kernel timer");
    if (!created) return hand_on(created);
    *event = std::move(*created);
  }
  auto flushed = allocate_device(tracker, timer.options_.flushed_bytes, "kernel timer");
  if (!flushed) return hand_on(flushed);
  timer.flushed_ = std::move(*flushed);
  return timer;
}

DeviceStatus KernelTimer::flush() {
  return check("cudaMemsetAsync", cudaMemsetAsync(flushed_.get(), 0, options_.flushed_bytes, stream_.get()));
}

// Nanoseconds of one of `runs` runs on end.
DeviceResult<double> KernelTimer::interval(const Work& work, std::size_t runs) {
  DeviceStatus status = check("cudaEventRecord", cudaEventRecord(begin_.get(), stream_.get()));
  for (std::size_t i = 0; status && i < runs; ++i) status = work(stream_.get());
  if (status) status = check("cudaEventRecord", cudaEventRecord(end_.get(), stream_.get()));
  if (status) status = check("cudaStreamSynchronize", cudaStreamSynchronize(stream_.get()));
  float milliseconds = 0;
  if (status) {
    status = check("cudaEventElapsedTime", cudaEventElapsedTime(&milliseconds, begin_.get(), end_.get()));
  }
  if (!status) return hand_on(status);
  return static_cast<double>(milliseconds) * 1e6 / static_cast<double>(runs);
}

bool KernelTimer::enough(const std::vector<double>& times, std::chrono::steady_clock::time_point end) const {
  if (times.size() >= options_.most_samples) return true;
  if (times.size() < options_.fewest_samples) return false;
  return relative_deviation(times) < options_.steady || options_.now() >= end;
}

DeviceResult<std::vector<double>> KernelTimer::time_cold(const Work& work, std::chrono::nanoseconds most) {
  if (auto warm = interval(work, 1); !warm) return hand_on(warm);
  std::vector<double> times;
  const auto end = options_.now() + most;
  while (!enough(times, end)) {
    if (DeviceStatus flushed = flush(); !flushed) return hand_on(flushed);
    auto sample = interval(work, 1);
    if (!sample) return hand_on(sample);
    times.push_back(*sample);
  }
  std::sort(times.begin(), times.end());
  return times;
}

DeviceResult<KernelTimes> KernelTimer::time(const Work& work) {
  auto cold = time_cold(work, options_.cold_time);
  if (!cold) return hand_on(cold);
  KernelTimes times;
  times.cold_ns = std::move(*cold);

  const double hot_ns = static_cast<double>(options_.hot_time.count());
  const double fit = hot_ns / std::max(times.cold_median_ns(), 1.0);
  times.hot_runs = static_cast<std::size_t>(std::clamp(fit, 1.0, static_cast<double>(options_.most_hot_runs)));
  auto hot = interval(work, times.hot_runs);
  if (!hot) return hand_on(hot);
  times.hot_ns = *hot;
  return times;
}

}  // namespace matcher::gpu
