// What becomes of a pair's integers in a kernel with one thread per pair.
#pragma once

#include "matcher/gpu/kernels/naive.cuh"
#include "matcher/gpu/layout/results.hpp"
#include "matcher/similarity/packed_parts.hpp"
#include "matcher/similarity/score.hpp"

namespace matcher::gpu {

template <class Symbol>
ASSAY_DEVICE void store_score(const PackedScores& output, std::uint32_t pair, const ScoreParts& parts,
                              const TextPair<Symbol>&) {
  output.parts[pair] = pack_parts(parts);
}

template <class Real, class Symbol>
ASSAY_DEVICE void store_score(const LargestPercents<Real>& output, std::uint32_t pair, const ScoreParts& parts,
                              const TextPair<Symbol>& texts) {
  output.percents[pair] = largest_percent<Real>(parts, texts.left.length, texts.right.length, longest_bytes(texts));
}

}  // namespace matcher::gpu
