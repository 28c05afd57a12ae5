// Which GPUs this process may use, or in one sentence why it has none. Never fails.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "matcher/gpu/device/device_error.hpp"

namespace matcher::gpu {

struct GpuFacts {
  int index = 0;
  std::string name;
  int compute_capability = 0;  // 90 is 9.0
  int multiprocessors = 0;
  std::size_t memory_bytes = 0;
  std::string pci_bus_id;  // by which NVML knows it
};

struct DeviceProbe {
  CudaVersions versions;
  std::vector<GpuFacts> gpus;
  std::string reason;                             // why there are none; empty if there are some
  std::string few_words;                          // the same for a table: "no NVIDIA driver"
  DeviceFailure failure = DeviceFailure::kOther;  // likewise; of no meaning if there are some
};

[[nodiscard]] DeviceProbe probe_devices();

}  // namespace matcher::gpu
