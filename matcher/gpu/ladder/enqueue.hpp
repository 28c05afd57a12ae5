// Every launch of the ladder; defined where kernels are compiled.
#pragma once

#include <cuda_runtime_api.h>

#include <cstdint>

#include "matcher/gpu/device/device_error.hpp"
#include "matcher/gpu/layout/results.hpp"
#include "matcher/gpu/layout/views.hpp"

namespace matcher::gpu {

// Kernels with one thread per pair that write integers.
enum class PairKernel {
  kFused,
  kFusedSharedRow,
  kBitParallel64Table,
  kBitParallel64Planes,
  kBitParallel32Table,
  kBitParallel32Planes,
};

// Source: AuditedPairs or RowPairs<32>. REQUIRES of the bit-parallel kernels: an alphabet of five bits.
template <class Source>
[[nodiscard]] DeviceStatus enqueue_pairs(PairKernel kernel, const Source& source, PackedScores scores,
                                         cudaStream_t stream);
extern template DeviceStatus enqueue_pairs(PairKernel, const AuditedPairs&, PackedScores, cudaStream_t);
extern template DeviceStatus enqueue_pairs(PairKernel, const RowPairs<32>&, PackedScores, cudaStream_t);

// Four launches. percents: of Levenshtein, Jaro, Jaro-Winkler and the greatest of them, source.pairs each.
[[nodiscard]] DeviceStatus enqueue_four(const AuditedPairs& source, float* percents, cudaStream_t stream);

// diagonals: kWarpPerPairWarps x 3 x kWarpPerPairPitch integers.
inline constexpr std::uint32_t kWarpPerPairWarps = 132 * 64;  // as many as are resident at once on an H200
inline constexpr std::uint32_t kWarpPerPairPitch = 33;
[[nodiscard]] DeviceStatus enqueue_warp_per_pair(const RowPairs<32>& source, int* diagonals, std::uint32_t* distances,
                                                 cudaStream_t stream);

// All pairs of two tables. slots: 8, 12, 16, 24 or 32.
struct BlockInput {
  Patterns left;
  Tiles right;
  std::uint32_t slots;
  bool five_bits;
};
[[nodiscard]] DeviceStatus enqueue_block_scores(const BlockInput& input, ScoreMatrix scores, cudaStream_t stream);
[[nodiscard]] DeviceStatus enqueue_block_matches(const BlockInput& input, const MatchList& matches,
                                                 cudaStream_t stream);
// scored: also counts the pairs that the filter let pass.
[[nodiscard]] DeviceStatus enqueue_pruned_matches(const BlockInput& input, const MatchList& matches,
                                                  std::uint32_t* scored, cudaStream_t stream);

}  // namespace matcher::gpu
