// Axis "grid", third choice: the block size that was fastest on a sample, among those that scored it rightly.
#pragma once

#include <functional>
#include <span>

#include "matcher/gpu/device/autotuner.hpp"
#include "plugins/gpu/rung.hpp"

namespace assay::gpu {

// Scores the sample once: nanoseconds on the device.
using RunSample = std::function<matcher::gpu::DeviceResult<double>()>;

// Gives the rung's grid the choice that `tuner` remembers for this device and kernel, or else measures all of them.
// `expected`: the sample's scores by the CPU. Throws Failure if none is right. REQUIRES: the rung has a grid, and finds
// parts.
void tune_grid(matcher::gpu::Autotuner& tuner, Rung& rung, std::span<const matcher::PackedParts> expected,
               const RunSample& run);

}  // namespace assay::gpu
