// What the matcher's device layer reports, as the plugin SDK's failures.
#pragma once

#include <string>
#include <utility>

#include "matcher/gpu/device/device_error.hpp"
#include "matcher/gpu/device/device_probe.hpp"
#include "plugins/sdk/host.hpp"

namespace assay::gpu {

[[nodiscard]] inline sdk::Failure to_failure(const matcher::gpu::DeviceError& error) {
  using matcher::gpu::DeviceFailure;
  const assay_status status = error.failure == DeviceFailure::kOutOfMemory ? ASSAY_E_NO_MEMORY : ASSAY_E_DEVICE;
  return {status, error.message, error.code};
}

template <class T>
T value_of(matcher::gpu::DeviceResult<T>&& result) {
  if (!result) throw to_failure(result.error());
  return std::move(*result);
}
inline void require(const matcher::gpu::DeviceStatus& status) {
  if (!status) throw to_failure(status.error());
}

// Throws Failure (ASSAY_E_UNSUPPORTED) with the reason where there is no GPU to use: in few words where there is none,
// because that stands in every row of a ledger; with the call that failed where one does not answer.
inline void require_gpu() {
  const matcher::gpu::DeviceProbe probe = matcher::gpu::probe_devices();
  if (!probe.gpus.empty()) return;
  const bool answers =
      probe.failure != matcher::gpu::DeviceFailure::kOther && probe.failure != matcher::gpu::DeviceFailure::kDeviceLost;
  throw sdk::Failure(ASSAY_E_UNSUPPORTED, "no GPU: " + (answers ? probe.few_words : probe.reason));
}

}  // namespace assay::gpu
