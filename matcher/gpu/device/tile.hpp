// A job of independent items, and the piece of it that is on the device at one time.
#pragma once

#include <cuda_runtime_api.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "matcher/gpu/device/device_error.hpp"

namespace matcher::gpu {

// Item i of an array is its bytes [i * item_bytes, (i + 1) * item_bytes). REQUIRES: item_bytes > 0.
//
// Items of unequal size: `offsets` has one more entry than there are items, and item i is the bytes [offsets[i],
// offsets[i + 1]). Not for graphs, which copy as many bytes of every tile.
struct InputArray {
  const std::byte* data = nullptr;
  std::size_t item_bytes = 0;  // at most, with offsets
  const std::uint32_t* offsets = nullptr;

  // Of the first byte of an item, or of the end.
  [[nodiscard]] std::size_t begin_of(std::size_t item) const {
    return offsets != nullptr ? offsets[item] : item * item_bytes;
  }
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
  std::size_t first = 0;           // of the job's items; not for what is recorded into a graph and replayed elsewhere
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
