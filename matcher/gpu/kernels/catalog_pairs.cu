// Which kernels with one thread per pair there are.
#include "matcher/gpu/kernels/bitparallel32.cuh"
#include "matcher/gpu/kernels/bitparallel64.cuh"
#include "matcher/gpu/kernels/catalog.hpp"
#include "matcher/gpu/kernels/four_kernels.cuh"
#include "matcher/gpu/kernels/fused.cuh"
#include "matcher/gpu/kernels/fused_persistent.cuh"
#include "matcher/gpu/kernels/fused_shared_row.cuh"
#include "matcher/gpu/kernels/warp_per_pair.cuh"

namespace matcher::gpu {
namespace {

constexpr std::uint32_t kLongest = kAuditedTextSymbols;
using Table64 = MaskTable<std::uint64_t>;
using Table32 = MaskTable<std::uint32_t>;
static_assert(kSharedRowBytes == kLongest && kMaskTableBytes64 == Table64::kSharedBytesPerThread &&
              kMaskTableBytes32 == Table32::kSharedBytesPerThread);

}  // namespace

template <class Source>
auto PairKernels<Source>::levenshtein() -> Percents {
  return levenshtein_kernel<float, kLongest, Source>;
}
template <class Source>
auto PairKernels<Source>::jaro() -> Percents {
  return jaro_kernel<float, kLongest, Source>;
}
template <class Source>
auto PairKernels<Source>::jaro_winkler() -> Percents {
  return jaro_winkler_kernel<float, kLongest, Source>;
}
template <class Source>
auto PairKernels<Source>::fused_percents() -> Largest {
  return fused_kernel<kLongest, Source, LargestPercents<float>>;
}
template <class Source>
auto PairKernels<Source>::fused() -> Scores {
  return fused_kernel<kLongest, Source, PackedScores>;
}
template <class Source>
auto PairKernels<Source>::fused_shared_row() -> Scores {
  return fused_shared_row_kernel<kLongest, Source, PackedScores>;
}
template <class Source>
auto PairKernels<Source>::bit_parallel_64_table() -> Scores {
  return bitparallel64_kernel<Table64, Source, PackedScores>;
}
template <class Source>
auto PairKernels<Source>::bit_parallel_64_planes() -> Scores {
  return bitparallel64_kernel<MaskPlanes<std::uint64_t, kBitPlanes>, Source, PackedScores>;
}
template <class Source>
auto PairKernels<Source>::bit_parallel_32_table() -> Scores {
  return bitparallel32_kernel<Table32, Source, PackedScores>;
}
template <class Source>
auto PairKernels<Source>::bit_parallel_32_planes() -> Scores {
  return bitparallel32_kernel<MaskPlanes<std::uint32_t, kBitPlanes>, Source, PackedScores>;
}
template <class Source>
auto PairKernels<Source>::warp_per_pair() -> Distances {
  return warp_per_pair_kernel<Source>;
}

template struct PairKernels<PackedPairs<std::uint8_t>>;
template struct PairKernels<AuditedPairs>;
template struct PairKernels<RowPairs<32>>;
template struct PairKernels<RowPairs<64>>;

using Scalars = PackedPairs<char32_t>;
template PairKernels<Scalars>::Scores PairKernels<Scalars>::fused();
template PairKernels<Scalars>::Scores PairKernels<Scalars>::fused_shared_row();
template PairKernels<Scalars>::Distances PairKernels<Scalars>::warp_per_pair();

PersistentScores fused_persistent() {
  return fused_persistent_kernel<kLongest, AuditedPairs, PackedScores>;
}

LargestOfThree largest_of_three() {
  return largest_of_three_kernel<float>;
}

}  // namespace matcher::gpu
