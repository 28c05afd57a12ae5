// ScoreParts in 32 bits: what a kernel writes per pair, and what the results of two devices are compared by.
#pragma once

#include <cstdint>

#include "matcher/similarity/host_device.hpp"
#include "matcher/similarity/score_parts.hpp"

namespace matcher {

// Texts up to here: then each of the four integers fits a byte.
inline constexpr std::uint32_t kLongestPackedText = 255;

// distance | matches << 8 | half_transpositions << 16 | prefix << 24. REQUIRES: each at most kLongestPackedText.
using PackedParts = std::uint32_t;

[[nodiscard]] ASSAY_HOST_DEVICE constexpr PackedParts pack_parts(std::uint32_t distance, std::uint32_t matches,
                                                                 std::uint32_t half_transpositions,
                                                                 std::uint32_t prefix) {
  return distance | matches << 8 | half_transpositions << 16 | prefix << 24;
}

[[nodiscard]] ASSAY_HOST_DEVICE constexpr PackedParts pack_parts(const ScoreParts& parts) {
  return pack_parts(parts.distance, parts.matches, parts.half_transpositions, parts.prefix);
}

[[nodiscard]] ASSAY_HOST_DEVICE constexpr ScoreParts unpack_parts(PackedParts packed) {
  return {packed & 0xff, packed >> 8 & 0xff, packed >> 16 & 0xff, packed >> 24};
}

}  // namespace matcher
