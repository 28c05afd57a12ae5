// The kernel that the axes are measured with: light, so that copies, launches and allocations are what shows.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "matcher/gpu/device/tile.hpp"

#ifdef __CUDACC__
#define ASSAY_ON_BOTH __host__ __device__
#else
#define ASSAY_ON_BOTH
#endif

namespace matcher::gpu {

// A pair as the audited code ships it: both names in full. What is computed of it is not a score.
inline constexpr std::size_t kRowWords = 8;
struct alignas(16) RowPair {
  std::uint32_t words[2 * kRowWords];
};

// Depends on every bit of the pair and on the order of its words; the factor is that of 32-bit FNV-1a.
ASSAY_ON_BOTH inline std::uint32_t digest_of(const RowPair& pair) {
  std::uint32_t digest = 2166136261u;
  for (const std::uint32_t word : pair.words) digest = (digest ^ word) * 16777619u;
  return digest;
}

// Defined where kernels are compiled: puts one kernel over a tile of RowPair -> u32 into its stream.
[[nodiscard]] DeviceStatus enqueue_row_digests(const DeviceTile& tile);

// Puts `count` kernels that do nothing into the stream.
[[nodiscard]] DeviceStatus enqueue_empty_kernels(cudaStream_t stream, int count);

}  // namespace matcher::gpu
