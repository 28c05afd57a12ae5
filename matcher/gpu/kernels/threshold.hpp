// Which pairs a kernel hands back: in integers, and never too few. A pair whose greatest percent reaches the threshold
// always passes; the few that pass without reaching it are sorted out by accepts(), which decides by the formulas of
// score.hpp.
#pragma once

#include <cstdint>

#include "matcher/gpu/layout/results.hpp"
#include "matcher/similarity/score.hpp"
#include "matcher/similarity/score_parts.hpp"

namespace matcher::gpu {

// REQUIRES: 0 <= percent <= 100.
[[nodiscard]] ASSAY_HOST_DEVICE inline Threshold threshold_of(double percent) {
  return {static_cast<std::uint32_t>(percent * 10)};
}

struct PairLengths {
  std::uint32_t left;  // symbols
  std::uint32_t right;
  std::uint32_t longest_bytes;
};

// 100 (1 - distance / bytes) >= threshold.
[[nodiscard]] ASSAY_HOST_DEVICE inline bool levenshtein_may_reach(Threshold threshold, std::uint32_t distance,
                                                                  std::uint32_t longest_bytes) {
  return 1000 * (longest_bytes - distance) >= threshold.tenths * longest_bytes;
}

// With n / 3d for Jaro and p for the prefix: n / 3d + p / 10 (1 - n / 3d) >= threshold, without division. The prefix
// counts below Jaro 0.7 too, where Winkler does not reward it: a pair more, never one less. REQUIRES: lengths <= 64.
[[nodiscard]] ASSAY_HOST_DEVICE inline bool jaro_winkler_may_reach(Threshold threshold, std::uint32_t matches,
                                                                   std::uint32_t half_transpositions,
                                                                   std::uint32_t prefix, std::uint32_t left,
                                                                   std::uint32_t right) {
  if (matches == 0) return left + right == 0 || threshold.tenths == 0;
  const std::uint32_t area = left * right;
  const std::uint32_t numerator = matches * matches * (left + right) + (matches - half_transpositions / 2) * area;
  const std::uint32_t reward = 100 * prefix;
  const std::uint32_t needed = threshold.tenths > reward ? threshold.tenths - reward : 0;
  return numerator * (10 - prefix) * 100 >= 3 * matches * area * needed;
}

[[nodiscard]] ASSAY_HOST_DEVICE inline bool may_reach(Threshold threshold, const ScoreParts& parts,
                                                      const PairLengths& lengths) {
  return levenshtein_may_reach(threshold, parts.distance, lengths.longest_bytes) ||
         jaro_winkler_may_reach(threshold, parts.matches, parts.half_transpositions, parts.prefix, lengths.left,
                                lengths.right);
}

// False only if no pair of these lengths and this prefix with at most `most_matches` symbols in common, in whatever
// order, may reach the threshold. An alignment leaves max(left, right) - most_matches symbols without a partner at
// least.
[[nodiscard]] ASSAY_HOST_DEVICE inline bool may_reach_with(Threshold threshold, std::uint32_t most_matches,
                                                           std::uint32_t prefix, const PairLengths& lengths) {
  const std::uint32_t longest = lengths.left < lengths.right ? lengths.right : lengths.left;
  return may_reach(threshold, {longest - most_matches, most_matches, 0, prefix}, lengths);
}

// The decision.
[[nodiscard]] ASSAY_HOST_DEVICE inline bool accepts(double percent, const ScoreParts& parts,
                                                    const PairLengths& lengths) {
  return largest_percent(parts, lengths.left, lengths.right, lengths.longest_bytes) >= percent;
}

}  // namespace matcher::gpu
