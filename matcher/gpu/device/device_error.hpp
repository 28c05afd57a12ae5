// What a failed CUDA call means: its class, for the code that can do something about it, and a sentence for the user.
// Kernel files include this, and nvcc does not compile {fmt}: to_error.hpp leads to the rest of the matcher.
#pragma once

#include <cuda_runtime_api.h>

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

#include "matcher/gpu/device/site.hpp"

namespace matcher::gpu {

enum class DeviceFailure {
  kNoDriver,      // CUDA runtime without any NVIDIA driver
  kDriverTooOld,  // a driver, but older than the runtime
  kNoDevice,      // a driver, but no GPU it may use
  kOutOfMemory,   // less work at a time may succeed
  kDeviceLost,    // the context is dead: every further call fails until the process is started anew
  kOtherGpu,      // this build has no code for it
  kOther,
};

struct DeviceError {
  DeviceFailure failure = DeviceFailure::kOther;
  cudaError_t code = cudaSuccess;
  std::string message;  // call, place, name of the code, what to do; lower case, one line
};

template <class T>
using DeviceResult = tl::expected<T, DeviceError>;
using DeviceStatus = tl::expected<void, DeviceError>;

// As cudaDriverGetVersion and cudaRuntimeGetVersion answer: 13000 is 13.0; a driver of 0 is none.
struct CudaVersions {
  int driver = 0;
  int runtime = 0;
};
[[nodiscard]] CudaVersions cuda_versions();
[[nodiscard]] std::string version_text(int version);  // "13.0"

[[nodiscard]] DeviceFailure classify(cudaError_t code, const CudaVersions& versions);

// The error of a call that answered `code`. REQUIRES: code != cudaSuccess.
[[nodiscard]] DeviceError describe_failure(std::string_view call, cudaError_t code, Site site,
                                           const CudaVersions& versions = cuda_versions());

// Nothing if code is cudaSuccess, else its error: check("cudaMalloc", cudaMalloc(...)). Takes the code from the
// runtime's memory of last errors, so that a later call does not report it once more.
[[nodiscard]] DeviceStatus check(std::string_view call, cudaError_t code, Site site = Site::here());

template <class T>
[[nodiscard]] tl::unexpected<DeviceError> hand_on(DeviceResult<T>& failed) {
  return tl::unexpected<DeviceError>(std::move(failed.error()));
}

}  // namespace matcher::gpu
