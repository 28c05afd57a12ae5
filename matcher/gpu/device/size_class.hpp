// Sizes of pooled blocks: powers of two, so that a block serves requests of half its size and more.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>

namespace matcher::gpu {

inline constexpr std::size_t kSmallestBlock = 256;  // the alignment that cudaMalloc guarantees

[[nodiscard]] inline std::size_t size_class(std::size_t bytes) {
  return std::bit_ceil(std::max(bytes, kSmallestBlock));
}

}  // namespace matcher::gpu
