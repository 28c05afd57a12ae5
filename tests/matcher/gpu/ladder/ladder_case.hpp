// What the tests of the ladder share: the fake runtime with kernels that run under the emulator or not at all, and a
// small ladder.
#pragma once

#include <utility>
#include <vector>

#include "matcher/gpu/emulator/emulator.hpp"
#include "matcher/gpu/ladder/measurement.hpp"
#include "tests/matcher/gpu/device/fake_runtime.hpp"

namespace matcher::gpu {

inline fake::Options under_emulator() {
  fake::Options options;
  options.kernel_runner = [](const LaunchShape& shape, const std::function<void()>& body) {
    emulator::run_grid({shape.grid.x}, {shape.block.x}, shape.dynamic_shared_bytes, body,
                       {.seed = 3, .shuffle_lanes = true, .shuffle_blocks = true});
  };
  return options;
}

// Kernels that do nothing.
inline fake::Options with_idle_kernels() {
  fake::Options options;
  options.kernel_runner = [](const LaunchShape&, const std::function<void()>&) {};
  return options;
}

inline LadderOptions small(std::vector<std::uint32_t> classes) {
  LadderOptions options;
  options.classes = std::move(classes);
  options.shape = {.left_rows = 37, .right_rows = 45, .listed_rows = 5, .seed = 7};
  options.sweep.pairs = {};
  options.timer = {.flushed_bytes = 64, .fewest_samples = 3, .most_samples = 3, .hot_time = {}};
  return options;
}

inline void say_nothing(const RungResult&) {}

}  // namespace matcher::gpu
