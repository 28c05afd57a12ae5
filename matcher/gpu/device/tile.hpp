// A job of independent items, and the piece of it that is on the device at one time.
#pragma once

#include <cuda_runtime_api.h>

#include <cstddef>
#include <functional>
#include <vector>

#include "matcher/gpu/device/device_error.hpp"

namespace matcher::gpu {

// Item i of an array is its bytes [i * item_bytes, (i + 1) * item_bytes). REQUIRES: item_bytes > 0.
struct InputArray {
  const std::byte* data = nullptr;
  std::size_t item_bytes = 0;
};
struct OutputArray {
  std::byte* data = nullptr;
  std::size_t item_bytes = 0;
};
// Output item i depends on input items i alone, and on what is on the device already.
struct Job {
  std::size_t items = 0;
  std::vector<InputArray> inputs;
  std::vector<OutputArray> outputs;
};

struct DeviceTile {
  std::size_t items = 0;
  std::vector<std::byte*> inputs;  // device addresses, in the order of the job's arrays
  std::vector<std::byte*> outputs;
  cudaStream_t stream = nullptr;

  template <class T>
  [[nodiscard]] const T* input(std::size_t array) const {
    return reinterpret_cast<const T*>(inputs[array]);
  }
  template <class T>
  [[nodiscard]] T* output(std::size_t array) const {
    return reinterpret_cast<T*>(outputs[array]);
  }
};

// Puts the kernels of one tile into its stream, and nothing else: with graphs it is called once and then replayed for
// every tile with the same addresses and as many items.
using EnqueueKernels = std::function<DeviceStatus(const DeviceTile&)>;

}  // namespace matcher::gpu
