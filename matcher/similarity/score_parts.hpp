// What a scorer finds out about two texts: integers only, so that every scorer on every device can be compared bit by
// bit. score.hpp turns them into percent.
#pragma once

#include <cstdint>

#include "matcher/similarity/host_device.hpp"

namespace matcher {

struct ScoreParts {
  std::uint32_t distance = 0;             // Levenshtein: fewest insertions, deletions and substitutions
  std::uint32_t matches = 0;              // Jaro: symbols in common within the window
  std::uint32_t half_transpositions = 0;  // Jaro: matched symbols that differ in order; halved with integer division
  std::uint32_t prefix = 0;               // equal symbols at the start, at most kLongestPrefix

  ASSAY_HOST_DEVICE friend bool operator==(const ScoreParts&, const ScoreParts&) = default;
};

// Winkler's limit on the rewarded prefix.
inline constexpr std::uint32_t kLongestPrefix = 4;

}  // namespace matcher
