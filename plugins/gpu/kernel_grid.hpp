// The shape in which one kernel is started: axis "grid".
#pragma once

#include <cuda_runtime_api.h>

#include <cstddef>

#include "matcher/gpu/device/autotuner.hpp"
#include "matcher/gpu/device/grid.hpp"
#include "plugins/gpu/options.hpp"

namespace assay::gpu {

class KernelGrid {
 public:
  // Static.
  explicit KernelGrid(std::size_t shared_bytes_per_thread = 0) {
    facts_.dynamic_shared_bytes_per_thread = shared_bytes_per_thread;
  }

  // From what the compiler says of the kernel and the runtime of the device. Throws Failure.
  void use_occupancy(const void* kernel);
  void use(const matcher::gpu::TuningChoice& choice);

  // REQUIRES: a kernel that strides over its grid.
  [[nodiscard]] matcher::gpu::LaunchShape shape(std::size_t items) const;

 private:
  GridChoice choice_ = GridChoice::kStatic;
  matcher::gpu::KernelFacts facts_;
  cudaDeviceProp device_{};
  matcher::gpu::Occupancy occupancy_;
  matcher::gpu::TuningChoice tuned_;
};

[[nodiscard]] cudaDeviceProp current_device();

}  // namespace assay::gpu
