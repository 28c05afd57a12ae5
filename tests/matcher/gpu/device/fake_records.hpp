// What the fake CUDA runtime writes down, and what a test may ask it to do.
#pragma once

#include <cuda_runtime_api.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "matcher/gpu/device/launch.hpp"

namespace matcher::gpu::fake {

// One device thread, for bodies that the default kernel runner executes.
struct Thread {
  unsigned block = 0;
  unsigned lane = 0;
  unsigned block_size = 0;
  [[nodiscard]] std::size_t index() const { return std::size_t{block} * block_size + lane; }
};
[[nodiscard]] Thread current_thread();

// Runs one grid to its end. The default is a plain loop that sets current_thread().
using KernelRunner = std::function<void(const LaunchShape&, const std::function<void()>& body)>;

struct Options {
  std::uint64_t seed = 1;
  double progress = 0.2;  // chance that a call lets the device do one queued operation
  std::size_t device_bytes = std::size_t{1} << 30;
  std::size_t pinned_bytes = std::size_t{1} << 30;
  int driver_version = 13000;
  int runtime_version = 13000;
  int devices = 1;
  KernelRunner kernel_runner{};
};

// Makes one call fail. Calls that report versions, names or the last error never fail and are not counted.
struct Fault {
  std::size_t call = 0;  // the n-th call, from 1; or
  std::string name{};    // the n-th call of this name:
  std::size_t occurrence = 1;
  cudaError_t code = cudaErrorUnknown;
  bool lose_device = false;  // all calls after it fail, too, and queued work is dropped
};

enum class HostKind { kPageable, kPinned, kRegistered };

struct CopyRecord {
  cudaMemcpyKind direction = cudaMemcpyDefault;
  std::size_t bytes = 0;
  HostKind host = HostKind::kPageable;
  bool captured = false;  // into a graph; it is carried out with every launch of the graph
};

struct LaunchRecord {
  LaunchShape shape;
  const void* kernel = nullptr;  // the function, or the LibraryKernel
  bool captured = false;
};

struct Records {
  std::vector<std::string> calls;  // names, in order
  std::vector<CopyRecord> copies;
  std::vector<LaunchRecord> launches;
  std::size_t graph_launches = 0;
  std::size_t kernels_run = 0;  // on the "device", from streams and graphs
  std::size_t copies_run = 0;
};

}  // namespace matcher::gpu::fake
