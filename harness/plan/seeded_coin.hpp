// Random choices that depend on nothing but what they are for: no state, the same on every platform.
#pragma once

#include <cstdint>

namespace assay::plan {

// SplitMix64 (Steele, Lea, Flood 2014): a counter in, well-mixed bits out; the coin needs no more.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15ULL;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

// The bits that belong to one block of one launch.
[[nodiscard]] constexpr std::uint64_t bits_of_block(std::uint64_t seed, std::uint32_t launch, std::uint32_t block) {
  return mix(mix(seed) ^ (static_cast<std::uint64_t>(launch) << 32 | block));
}

}  // namespace assay::plan
