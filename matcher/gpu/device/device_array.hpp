// An array in device memory, filled from and read back to the host, one call at a time: for what is done once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "matcher/gpu/device/resources.hpp"

namespace matcher::gpu {

template <class T>
class DeviceArray {
 public:
  DeviceArray() = default;

  // Its contents are undefined. Room for at least one element, so that an empty array has an address as well.
  [[nodiscard]] static DeviceResult<DeviceArray> of(ResourceTracker& tracker, std::size_t size,
                                                    std::string_view label) {
    DeviceArray array;
    auto memory = allocate_device(tracker, std::max<std::size_t>(size, 1) * sizeof(T), label);
    if (!memory) return hand_on(memory);
    array.memory_ = std::move(*memory);
    array.size_ = size;
    return array;
  }
  [[nodiscard]] static DeviceResult<DeviceArray> copy_of(ResourceTracker& tracker, std::span<const T> values,
                                                         cudaStream_t stream, std::string_view label) {
    auto array = of(tracker, values.size(), label);
    if (!array || values.empty()) return array;
    const DeviceStatus copied =
        check("cudaMemcpyAsync",
              cudaMemcpyAsync(array->data(), values.data(), values.size_bytes(), cudaMemcpyHostToDevice, stream));
    if (!copied) return tl::unexpected(copied.error());
    return array;
  }

  [[nodiscard]] T* data() const { return static_cast<T*>(memory_.get()); }
  [[nodiscard]] std::size_t size() const { return size_; }

  // The first `count` elements, once all work of the stream is done.
  [[nodiscard]] DeviceResult<std::vector<T>> read(cudaStream_t stream, std::size_t count) const {
    std::vector<T> values(count);
    DeviceStatus status = check("cudaMemcpyAsync", cudaMemcpyAsync(values.data(), memory_.get(), count * sizeof(T),
                                                                   cudaMemcpyDeviceToHost, stream));
    if (status) status = check("cudaStreamSynchronize", cudaStreamSynchronize(stream));
    if (!status) return hand_on(status);
    return values;
  }
  [[nodiscard]] DeviceStatus fill(int byte, cudaStream_t stream) {
    return check("cudaMemsetAsync", cudaMemsetAsync(memory_.get(), byte, size_ * sizeof(T), stream));
  }

 private:
  DeviceMemory memory_;
  std::size_t size_ = 0;
};

}  // namespace matcher::gpu
