// The fused kernel with one Levenshtein row of bytes in shared memory instead of two rows of integers in local memory:
// no copy, three memory operations a cell instead of five. The rows of a block interleave, so that a warp's cells lie
// side by side.
#pragma once

#include "matcher/gpu/kernels/outputs.cuh"

namespace matcher::gpu {

// `row`: this thread's cells, blockDim.x bytes apart. REQUIRES: both lengths <= 255.
template <class Symbol>
ASSAY_DEVICE std::uint32_t shared_row_distance(const Text<Symbol>& left, const Text<Symbol>& right, std::uint8_t* row) {
  const std::uint32_t stride = blockDim.x;
  for (std::uint32_t j = 0; j < right.length; ++j) row[j * stride] = static_cast<std::uint8_t>(j + 1);
  std::uint32_t result = right.length;
  for (std::uint32_t i = 0; i < left.length; ++i) {
    std::uint32_t diagonal = i;
    result = i + 1;
    for (std::uint32_t j = 0; j < right.length; ++j) {
      const std::uint32_t substituted = diagonal + (left.symbols[i] == right.symbols[j] ? 0U : 1U);
      diagonal = row[j * stride];
      result = smaller(smaller(result + 1, diagonal + 1), substituted);
      row[j * stride] = static_cast<std::uint8_t>(result);
    }
  }
  return result;
}

// Dynamic shared memory: kLongest bytes per thread.
template <std::uint32_t kLongest, class Source, class Output>
ASSAY_KERNEL void fused_shared_row_kernel(Source source, Output output) {
  ASSAY_DYNAMIC_SHARED(rows);
  for (std::uint32_t i = grid_thread(); i < source.pairs; i += grid_threads()) {
    const auto pair = source.pair(i);
    const JaroCounts counts = naive_jaro<kLongest>(pair.left, pair.right);
    store_score(output, i,
                {shared_row_distance(pair.left, pair.right, rows + threadIdx.x), counts.matches,
                 counts.half_transpositions, naive_prefix(pair.left, pair.right)},
                pair);
  }
}

}  // namespace matcher::gpu
