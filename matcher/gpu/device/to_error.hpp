// A failed CUDA call as an error of the rest of the matcher.
#pragma once

#include "matcher/gpu/device/device_error.hpp"
#include "matcher/model/error.hpp"

namespace matcher::gpu {

[[nodiscard]] inline Error to_error(const DeviceError& error) {
  return {ErrorKind::kInternal, error.message};
}

}  // namespace matcher::gpu
