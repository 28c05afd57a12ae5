// The same in words of 32 bits, for texts of at most 32 symbols: a GPU's registers are 32 bits wide, so a column is
// half the work and a table half the shared memory.
#pragma once

#include "matcher/gpu/kernels/bitparallel64.cuh"

namespace matcher::gpu {

// Dynamic shared memory: Masks::kSharedBytesPerThread per thread.
template <class Masks, class Source, class Output>
ASSAY_KERNEL void bitparallel32_kernel(Source source, Output output) {
  ASSAY_DYNAMIC_SHARED(shared);
  score_pairs_by_bits<std::uint32_t, Masks>(source, output, shared);
}

}  // namespace matcher::gpu
