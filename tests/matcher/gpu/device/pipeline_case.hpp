// A job for the pipeline's tests whose right answer is known, and kernels for it.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "matcher/gpu/device/launch.hpp"
#include "matcher/gpu/device/tile_pipeline.hpp"
#include "tests/matcher/gpu/device/fake_runtime.hpp"

namespace matcher::gpu {

inline void multiply(const std::int32_t* left, const std::int32_t* right, std::int64_t* product, std::size_t count) {
  const std::size_t i = fake::current_thread().index();
  if (i < count) product[i] = std::int64_t{left[i]} * right[i];
}

inline void subtract(const std::int32_t* left, const std::int32_t* right, std::int32_t* difference, std::size_t count) {
  const std::size_t i = fake::current_thread().index();
  if (i < count) difference[i] = left[i] - right[i];
}

class PipelineCase {
 public:
  PipelineCase(std::size_t items, std::uint64_t seed)
      : left_(items), right_(items), product_(items), difference_(items) {
    std::mt19937_64 random(seed);
    std::uniform_int_distribution<std::int32_t> number(-1000, 1000);
    for (auto& value : left_) value = number(random);
    for (auto& value : right_) value = number(random);
  }

  [[nodiscard]] Job job() {
    return {left_.size(), {input(left_), input(right_)}, {output(product_), output(difference_)}};
  }

  [[nodiscard]] static DeviceStatus enqueue(const DeviceTile& tile) {
    const LaunchShape shape{dim3(static_cast<unsigned>((tile.items + 63) / 64)), dim3(64)};
    const auto* left = tile.input<std::int32_t>(0);
    const auto* right = tile.input<std::int32_t>(1);
    DeviceStatus status =
        check("multiply", launch(shape, tile.stream, multiply, left, right, tile.output<std::int64_t>(0), tile.items));
    if (!status) return status;
    return check("subtract",
                 launch(shape, tile.stream, subtract, left, right, tile.output<std::int32_t>(1), tile.items));
  }

  [[nodiscard]] std::size_t wrong() const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < left_.size(); ++i) {
      count += product_[i] != std::int64_t{left_[i]} * right_[i] || difference_[i] != left_[i] - right_[i];
    }
    return count;
  }

 private:
  static InputArray input(const std::vector<std::int32_t>& values) {
    return {reinterpret_cast<const std::byte*>(values.data()), sizeof(std::int32_t)};
  }
  template <class T>
  static OutputArray output(std::vector<T>& values) {
    return {reinterpret_cast<std::byte*>(values.data()), sizeof(T)};
  }

  std::vector<std::int32_t> left_;
  std::vector<std::int32_t> right_;
  std::vector<std::int64_t> product_;
  std::vector<std::int32_t> difference_;
};

// Every combination of the axes, with so many streams.
inline std::vector<PipelineOptions> all_options(std::initializer_list<unsigned> streams, std::size_t tile_items) {
  std::vector<PipelineOptions> all;
  for (const auto host : {HostMemoryChoice::kPageable, HostMemoryChoice::kPinnedPool, HostMemoryChoice::kRegistered,
                          HostMemoryChoice::kManaged})
    for (const auto buffers :
         {DeviceBufferChoice::kPerTile, DeviceBufferChoice::kPool, DeviceBufferChoice::kStreamOrdered})
      for (const auto wait : {WaitChoice::kStream, WaitChoice::kBlockingEvent, WaitChoice::kPolling})
        for (const auto submission : {SubmissionChoice::kPerTile, SubmissionChoice::kGraph})
          for (const unsigned count : streams) {
            PipelineOptions options;
            options.host_memory = host;
            options.device_buffers = buffers;
            options.wait = wait;
            options.submission = submission;
            options.streams = count;
            options.tile_items = tile_items;
            options.pauses = {[] {}, [](std::chrono::nanoseconds) {}};
            all.push_back(options);
          }
  return all;
}

inline std::string text_of(const PipelineOptions& options) {
  return "host " + std::to_string(static_cast<int>(options.host_memory)) + ", buffers " +
         std::to_string(static_cast<int>(options.device_buffers)) + ", wait " +
         std::to_string(static_cast<int>(options.wait)) + ", submission " +
         std::to_string(static_cast<int>(options.submission)) + ", streams " + std::to_string(options.streams);
}

}  // namespace matcher::gpu
