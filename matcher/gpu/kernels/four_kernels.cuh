// The audited baseline: four launches and four buffers; every metric reads both texts anew, and Jaro is computed twice.
#pragma once

#include "matcher/gpu/kernels/naive.cuh"
#include "matcher/similarity/score.hpp"

namespace matcher::gpu {

template <class Real, std::uint32_t kLongest, class Source>
ASSAY_KERNEL void levenshtein_kernel(Source source, Real* percents) {
  for (std::uint32_t i = grid_thread(); i < source.pairs; i += grid_threads()) {
    const auto pair = source.pair(i);
    percents[i] = levenshtein_percent<Real>(naive_distance<kLongest>(pair.left, pair.right), longest_bytes(pair));
  }
}

template <class Real, std::uint32_t kLongest, class Source>
ASSAY_KERNEL void jaro_kernel(Source source, Real* percents) {
  for (std::uint32_t i = grid_thread(); i < source.pairs; i += grid_threads()) {
    const auto pair = source.pair(i);
    const JaroCounts counts = naive_jaro<kLongest>(pair.left, pair.right);
    percents[i] =
        jaro<Real>(counts.matches, counts.half_transpositions, pair.left.length, pair.right.length) * Real(100);
  }
}

template <class Real, std::uint32_t kLongest, class Source>
ASSAY_KERNEL void jaro_winkler_kernel(Source source, Real* percents) {
  for (std::uint32_t i = grid_thread(); i < source.pairs; i += grid_threads()) {
    const auto pair = source.pair(i);
    const JaroCounts counts = naive_jaro<kLongest>(pair.left, pair.right);
    percents[i] = jaro_winkler_percent<Real>(counts.matches, counts.half_transpositions,
                                             naive_prefix(pair.left, pair.right), pair.left.length, pair.right.length);
  }
}

template <class Real>
ASSAY_KERNEL void largest_of_three_kernel(const Real* levenshtein, const Real* jaro, const Real* jaro_winkler,
                                          Real* largest, std::uint32_t pairs) {
  for (std::uint32_t i = grid_thread(); i < pairs; i += grid_threads()) {
    largest[i] = greater(greater(levenshtein[i], jaro[i]), jaro_winkler[i]);
  }
}

}  // namespace matcher::gpu
