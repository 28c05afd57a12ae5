// Puts the kernels of one tile into its stream: the only part of the variants that needs CUDA's compiler. Defined
// twice, like matcher/gpu/kernels/catalog.hpp: enqueue.cu by nvcc, and by a C++ compiler for the emulator.
#pragma once

#include "matcher/gpu/device/tile.hpp"

namespace assay::gpu {

// A tile's input 0 is an array of AuditedPair.

// Outputs 0 to 3: percents of Levenshtein, Jaro, Jaro-Winkler, and the greatest, in float.
[[nodiscard]] matcher::gpu::DeviceStatus enqueue_four_kernels(const matcher::gpu::DeviceTile& tile);

// Output 0: PackedParts.
[[nodiscard]] matcher::gpu::DeviceStatus enqueue_fused(const matcher::gpu::DeviceTile& tile);
[[nodiscard]] matcher::gpu::DeviceStatus enqueue_fused_shared_row(const matcher::gpu::DeviceTile& tile);
[[nodiscard]] matcher::gpu::DeviceStatus enqueue_bit_parallel_64(const matcher::gpu::DeviceTile& tile);

}  // namespace assay::gpu
