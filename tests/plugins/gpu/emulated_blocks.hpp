// Variants by whole blocks on the CPU: their kernels under the emulator, the CUDA runtime a fake one, launches and room
// for matches small enough that a test has several.
#pragma once

#include "matcher/similarity/scalar.hpp"
#include "plugins/gpu/block_variant.hpp"
#include "plugins/names/score_variant.hpp"
#include "tests/matcher/gpu/engine/emulated_runtime.hpp"
#include "tests/plugins/gpu/people_table.hpp"

namespace assay::gpu {

using matcher::gpu::emulated_options;

template <bool kPruned, bool kResident, bool kKept = false>
class Blocks : public BlockVariant {
 public:
  Blocks(sdk::Host host, const sdk::Params& params)
      : BlockVariant(host, params, {.pruned = kPruned, .resident = kResident, .kept = kKept},
                     {.most_pairs_per_launch = 500, .first_capacity = 8}) {}
};
using Block = Blocks<false, false>;
using BlockPruned = Blocks<true, false>;
using OnDevice = Blocks<true, true>;
using OnDeviceKept = Blocks<true, true, true>;

struct ScalarScorer {
  static matcher::ScoreParts score(std::u32string_view left, std::u32string_view right) {
    return matcher::score_scalar(left, right);
  }
};
using OnCpu = names::ScoreVariant<ScalarScorer>;

}  // namespace assay::gpu
