#include "plugins/gpu/kernel_grid.hpp"

#include <array>

#include "plugins/gpu/device_failure.hpp"

namespace assay::gpu {

using namespace matcher::gpu;

cudaDeviceProp current_device() {
  int device = 0;
  require(check("cudaGetDevice", cudaGetDevice(&device)));
  cudaDeviceProp properties{};
  require(check("cudaGetDeviceProperties", cudaGetDeviceProperties(&properties, device)));
  return properties;
}

void KernelGrid::use_occupancy(const void* kernel) {
  cudaFuncAttributes attributes{};
  require(check("cudaFuncGetAttributes", cudaFuncGetAttributes(&attributes, kernel)));
  facts_.registers = attributes.numRegs;
  facts_.static_shared_bytes = attributes.sharedSizeBytes;
  facts_.most_threads = attributes.maxThreadsPerBlock;
  device_ = current_device();
  constexpr std::array kBlocks{64U, 128U, 192U, 256U, 384U, 512U, 768U, 1024U};
  const auto best = best_occupancy(device_, facts_, kBlocks);
  if (!best) throw sdk::Failure(ASSAY_E_DEVICE, "the kernel fits no block size on this device; use a static grid");
  occupancy_ = *best;
  choice_ = GridChoice::kOccupancy;
}

void KernelGrid::use(const TuningChoice& choice) {
  tuned_ = choice;
  choice_ = GridChoice::kTuned;
}

LaunchShape KernelGrid::shape(std::size_t items) const {
  switch (choice_) {
    case GridChoice::kOccupancy:
      return occupancy_shape(items, device_, facts_, occupancy_);
    case GridChoice::kTuned: {
      const std::size_t items_per_block = std::size_t{tuned_.block_threads} * tuned_.items_per_thread;
      return {dim3(static_cast<unsigned>((items + items_per_block - 1) / items_per_block)), dim3(tuned_.block_threads),
              facts_.dynamic_shared_bytes_per_thread * tuned_.block_threads};
    }
    case GridChoice::kStatic:
      break;
  }
  return static_shape(items, facts_);
}

}  // namespace assay::gpu
