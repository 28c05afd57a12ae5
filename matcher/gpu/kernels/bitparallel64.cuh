// One thread per pair by bits: texts of at most 64 symbols, no quadratic loop, nothing in local memory.
#pragma once

#include "matcher/gpu/kernels/bit_parallel.cuh"
#include "matcher/gpu/kernels/match_masks.cuh"
#include "matcher/gpu/kernels/outputs.cuh"

namespace matcher::gpu {

template <class Word, class Masks, class Source, class Output>
ASSAY_DEVICE void score_pairs_by_bits(const Source& source, const Output& output, unsigned char* shared) {
  Masks masks(shared);
  for (std::uint32_t i = grid_thread(); i < source.pairs; i += grid_threads()) {
    const auto pair = source.pair(i);
    masks.set(pair.left);
    ScoreParts found = score_by_bits<Word>(pair.left.length, pair.right.symbols, pair.right.length, masks);
    found.prefix = naive_prefix(pair.left, pair.right);
    store_score(output, i, found, pair);
    masks.clear(pair.left);
  }
}

// Dynamic shared memory: Masks::kSharedBytesPerThread per thread.
template <class Masks, class Source, class Output>
ASSAY_KERNEL void bitparallel64_kernel(Source source, Output output) {
  ASSAY_DYNAMIC_SHARED(shared);
  score_pairs_by_bits<std::uint64_t, Masks>(source, output, shared);
}

}  // namespace matcher::gpu
