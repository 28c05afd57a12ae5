// Variants on the CPU: their kernels under the emulator, the CUDA runtime a fake one, tiles small enough that a test
// has several.
#pragma once

#include <cstdint>
#include <memory>

#include "matcher/similarity/scalar.hpp"
#include "plugins/gpu/axes.hpp"
#include "plugins/gpu/pair_variant.hpp"
#include "plugins/gpu/rungs.hpp"
#include "plugins/names/score_variant.hpp"
#include "tests/matcher/gpu/engine/emulated_runtime.hpp"
#include "tests/plugins/gpu/people_table.hpp"

namespace assay::gpu {

using matcher::gpu::emulated_options;

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
