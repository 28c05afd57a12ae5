// A fake CUDA runtime whose kernels run under the emulator, lanes and blocks in an order drawn from the seed. While a
// kernel sleeps the copies of other streams go on.
#pragma once

#include <cstdint>
#include <functional>

#include "matcher/gpu/emulator/emulator.hpp"
#include "tests/matcher/gpu/device/fake_runtime.hpp"

namespace matcher::gpu {

[[nodiscard]] inline fake::Options emulated_options(std::uint64_t seed) {
  fake::Options options;
  options.seed = seed;
  options.kernel_runner = [seed](const LaunchShape& shape, const std::function<void()>& body) {
    emulator::run_grid({shape.grid.x, shape.grid.y, shape.grid.z}, {shape.block.x, shape.block.y, shape.block.z},
                       shape.dynamic_shared_bytes, body,
                       {.seed = seed, .shuffle_lanes = true, .shuffle_blocks = true, .while_asleep = [] {
                          fake::Runtime::current().device.let_copy_run();
                        }});
  };
  return options;
}

}  // namespace matcher::gpu
