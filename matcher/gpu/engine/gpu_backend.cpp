// The backend of builds with CUDA's compiler.
#include "matcher/gpu/engine/gpu_backend.hpp"

#include <fmt/format.h>

#include "matcher/gpu/device/device_probe.hpp"
#include "matcher/gpu/engine/gpu_filter.hpp"

namespace matcher::gpu {

std::optional<GpuMissing> look_for_gpu() {
  const DeviceProbe probe = probe_devices();
  const auto runs_here = [](const GpuFacts& gpu) { return gpu.compute_capability >= MATCHER_GPU_ARCHITECTURE; };
  if (!probe.gpus.empty() && runs_here(probe.gpus.front())) return std::nullopt;
  if (!probe.gpus.empty()) {
    return GpuMissing{
        fmt::format("{} is older than this build's sm_{}", probe.gpus.front().name, MATCHER_GPU_ARCHITECTURE),
        "build with a smaller CMAKE_CUDA_ARCHITECTURES, or take --device cpu"};
  }
  return GpuMissing{probe.few_words, probe.reason};
}

std::unique_ptr<PairFilter> make_gpu_filter() {
  return std::make_unique<GpuFilter>();
}

}  // namespace matcher::gpu
