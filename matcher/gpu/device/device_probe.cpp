// Asks the CUDA runtime.
#include "matcher/gpu/device/device_probe.hpp"

#include <fmt/format.h>

namespace matcher::gpu {
namespace {

std::string few_words(DeviceFailure failure, const CudaVersions& versions) {
  switch (failure) {
    case DeviceFailure::kNoDriver:
      return "no NVIDIA driver";
    case DeviceFailure::kDriverTooOld:
      return fmt::format("the NVIDIA driver is older than CUDA {}", version_text(versions.runtime));
    case DeviceFailure::kNoDevice:
      return "no NVIDIA GPU";
    default:
      return "the NVIDIA GPU does not answer";
  }
}

}  // namespace

DeviceProbe probe_devices() {
  DeviceProbe probe;
  probe.versions = cuda_versions();
  int count = 0;  // stays as it is when the call fails
  DeviceStatus status = check("cudaGetDeviceCount", cudaGetDeviceCount(&count));
  for (int index = 0; status && index < count; ++index) {
    cudaDeviceProp properties{};
    status = check("cudaGetDeviceProperties", cudaGetDeviceProperties(&properties, index));
    if (!status) break;
    probe.gpus.push_back(
        {index, properties.name, properties.major * 10 + properties.minor, properties.multiProcessorCount,
         properties.totalGlobalMem,
         fmt::format("{:08x}:{:02x}:{:02x}.0", properties.pciDomainID, properties.pciBusID, properties.pciDeviceID)});
  }
  if (!status) {
    probe.gpus.clear();
    probe.reason = status.error().message;
    probe.failure = status.error().failure;
  } else if (count == 0) {
    probe.reason = describe_failure("cudaGetDeviceCount", cudaErrorNoDevice, Site::here(), probe.versions).message;
    probe.failure = DeviceFailure::kNoDevice;
  }
  if (probe.gpus.empty()) probe.few_words = few_words(probe.failure, probe.versions);
  return probe;
}

}  // namespace matcher::gpu
