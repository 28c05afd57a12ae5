// One launch instead of four: both texts are read once, Jaro is computed once, one buffer comes out. The arrays stay.
#pragma once

#include "matcher/gpu/kernels/outputs.cuh"

namespace matcher::gpu {

// Pair i of the source.
template <std::uint32_t kLongest, class Source, class Output>
ASSAY_DEVICE void score_fused(const Source& source, const Output& output, std::uint32_t i) {
  const auto pair = source.pair(i);
  const JaroCounts counts = naive_jaro<kLongest>(pair.left, pair.right);
  store_score(output, i,
              {naive_distance<kLongest>(pair.left, pair.right), counts.matches, counts.half_transpositions,
               naive_prefix(pair.left, pair.right)},
              pair);
}

template <std::uint32_t kLongest, class Source, class Output>
ASSAY_KERNEL void fused_kernel(Source source, Output output) {
  for (std::uint32_t i = grid_thread(); i < source.pairs; i += grid_threads()) {
    score_fused<kLongest>(source, output, i);
  }
}

}  // namespace matcher::gpu
