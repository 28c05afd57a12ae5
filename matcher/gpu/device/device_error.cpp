// Classes of CUDA errors and their sentences.
#include "matcher/gpu/device/device_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace matcher::gpu {
namespace {

// After these the CUDA Runtime API documents that the process must be terminated, or the device does not answer.
constexpr std::array kLost = {cudaErrorDevicesUnavailable,  cudaErrorECCUncorrectable,   cudaErrorNvlinkUncorrectable,
                              cudaErrorIllegalAddress,      cudaErrorLaunchTimeout,      cudaErrorAssert,
                              cudaErrorHardwareStackError,  cudaErrorIllegalInstruction, cudaErrorMisalignedAddress,
                              cudaErrorInvalidAddressSpace, cudaErrorInvalidPc,          cudaErrorLaunchFailure};

std::string advice(DeviceFailure failure, const CudaVersions& versions) {
  switch (failure) {
    case DeviceFailure::kNoDriver:
      return "no NVIDIA driver is installed; install one, or run without the GPU";
    case DeviceFailure::kDriverTooOld:
      return fmt::format(
          "the NVIDIA driver supports CUDA {} and is older than the CUDA runtime {}; update the driver, or build with "
          "an older toolkit",
          version_text(versions.driver), version_text(versions.runtime));
    case DeviceFailure::kNoDevice:
      return "the driver offers no GPU; look at CUDA_VISIBLE_DEVICES and nvidia-smi";
    case DeviceFailure::kOutOfMemory:
      return "take smaller tiles, or end what else uses this GPU";
    case DeviceFailure::kDeviceLost:
      return "the GPU cannot be used by this process any more; start it again, and if that does not help look for Xid "
             "messages in the system log";
    case DeviceFailure::kOtherGpu:
      return "this build has no code for this GPU; configure it with -DCMAKE_CUDA_ARCHITECTURES=native";
    case DeviceFailure::kOther:
      break;
  }
  return "this is a defect of the program or an unusual machine; report it with this line";
}

}  // namespace

CudaVersions cuda_versions() {
  CudaVersions versions;
  if (cudaDriverGetVersion(&versions.driver) != cudaSuccess) versions.driver = 0;
  if (cudaRuntimeGetVersion(&versions.runtime) != cudaSuccess) versions.runtime = 0;
  return versions;
}

std::string version_text(int version) {
  return fmt::format("{}.{}", version / 1000, version % 1000 / 10);
}

DeviceFailure classify(cudaError_t code, const CudaVersions& versions) {
  // Without any driver the runtime answers "insufficient driver", not "no device".
  if (code == cudaErrorInsufficientDriver || code == cudaErrorStubLibrary) {
    return versions.driver == 0 ? DeviceFailure::kNoDriver : DeviceFailure::kDriverTooOld;
  }
  if (code == cudaErrorNoDevice || code == cudaErrorInvalidDevice) return DeviceFailure::kNoDevice;
  if (code == cudaErrorMemoryAllocation) return DeviceFailure::kOutOfMemory;
  if (code == cudaErrorNoKernelImageForDevice || code == cudaErrorUnsupportedPtxVersion)
    return DeviceFailure::kOtherGpu;
  const bool lost = std::find(kLost.begin(), kLost.end(), code) != kLost.end();
  return lost ? DeviceFailure::kDeviceLost : DeviceFailure::kOther;
}

DeviceError describe_failure(std::string_view call, cudaError_t code, Site site, const CudaVersions& versions) {
  const DeviceFailure failure = classify(code, versions);
  const std::string_view file = site.file;
  const std::string_view name = file.substr(file.rfind('/') + 1);
  return {failure, code,
          fmt::format("{} at {}:{}: {} ({}): {}; {}", call, name, site.line, cudaGetErrorName(code),
                      static_cast<int>(code), cudaGetErrorString(code), advice(failure, versions))};
}

DeviceStatus check(std::string_view call, cudaError_t code, Site site) {
  if (code == cudaSuccess) return {};
  static_cast<void>(cudaGetLastError());
  return tl::unexpected<DeviceError>(describe_failure(call, code, site));
}

}  // namespace matcher::gpu
