// Variants on the CPU: their kernels under the emulator, the CUDA runtime a fake one, tiles small enough that a test
// has several.
#pragma once

#include <cstdint>
#include <memory>

#include "matcher/gpu/emulator/emulator.hpp"
#include "matcher/similarity/scalar.hpp"
#include "plugins/gpu/axes.hpp"
#include "plugins/gpu/pair_variant.hpp"
#include "plugins/gpu/rungs.hpp"
#include "plugins/names/score_variant.hpp"
#include "tests/matcher/gpu/device/fake_runtime.hpp"
#include "tests/plugins/gpu/people_table.hpp"

namespace assay::gpu {

inline matcher::gpu::fake::Options emulated(std::uint64_t seed) {
  using namespace matcher::gpu;
  fake::Options options;
  options.seed = seed;
  options.kernel_runner = [seed](const LaunchShape& shape, const std::function<void()>& body) {
    emulator::run_grid({shape.grid.x, shape.grid.y, shape.grid.z}, {shape.block.x, shape.block.y, shape.block.z},
                       shape.dynamic_shared_bytes, body, {.seed = seed, .shuffle_lanes = true, .shuffle_blocks = true});
  };
  return options;
}

// A rung with these axes, and tiles of 96 pairs.
template <class Rung, class Axes>
class Small : public PairVariant {
 public:
  Small(sdk::Host host, const sdk::Params& params) : PairVariant(host, params, options(), std::make_unique<Rung>()) {}

 private:
  static PairOptions options() {
    PairOptions options = Axes::options();
    options.tile_items = 96;
    return options;
  }
};

struct ScalarScorer {
  static matcher::ScoreParts score(std::u32string_view left, std::u32string_view right) {
    return matcher::score_scalar(left, right);
  }
};
using OnCpu = names::ScoreVariant<ScalarScorer>;

}  // namespace assay::gpu
