// The one place where integers become floating point: percents, and the threshold tests that need none.
//
// The order of operations is that of strsim 0.11.1 with the audited program's byte lengths, so a percent has the same
// bits there and here. Plain IEEE double arithmetic: compile without contraction (-ffp-contract=off, --fmad=false) and
// the CPU and the GPU agree bit for bit.
//
// The double formulas are normative; a `Real` of float exists for kernels that are measured as they were audited, and
// is no score of ours. The integer tests give exactly their answers: they decide by exact fractions and fall back on
// the formula only where the fraction equals the threshold, because there rounding decides (exactly 7/10 is common:
// LARSON/LOGAN). tests/matcher/similarity/score_test.cpp proves it for every length up to 64.
#pragma once

#include <cstdint>

#include "matcher/similarity/host_device.hpp"
#include "matcher/similarity/score_parts.hpp"

namespace matcher {

// Lengths from here on would overflow the 64-bit fractions; the tests then use the formula.
inline constexpr std::uint32_t kFractionLengthLimit = 1U << 18;

// 100 x (1 - distance / longest), 100 for two empty texts. `longest_bytes`: the greater length in UTF-8 bytes, which is
// what the audited program divides by although it counts edits in scalars.
template <class Real = double>
[[nodiscard]] ASSAY_HOST_DEVICE inline Real levenshtein_percent(std::uint32_t distance, std::uint32_t longest_bytes) {
  if (longest_bytes == 0) return Real(100);
  return (Real(1) - static_cast<Real>(distance) / static_cast<Real>(longest_bytes)) * Real(100);
}

// Jaro similarity in [0, 1]: two empty texts 1, one empty 0. Lengths in scalars.
template <class Real = double>
[[nodiscard]] ASSAY_HOST_DEVICE inline Real jaro(std::uint32_t matches, std::uint32_t half_transpositions,
                                                 std::uint32_t left_length, std::uint32_t right_length) {
  if (left_length == 0 && right_length == 0) return Real(1);
  if (matches == 0) return Real(0);
  const Real common = static_cast<Real>(matches);
  const Real ordered = static_cast<Real>(matches - half_transpositions / 2);
  return (common / static_cast<Real>(left_length) + common / static_cast<Real>(right_length) + ordered / common) /
         Real(3);
}

// Jaro-Winkler similarity in [0, 1]: the prefix is rewarded only where Jaro exceeds 0.7 (strictly).
// REQUIRES: prefix <= kLongestPrefix and <= both lengths.
template <class Real = double>
[[nodiscard]] ASSAY_HOST_DEVICE inline Real jaro_winkler(std::uint32_t matches, std::uint32_t half_transpositions,
                                                         std::uint32_t prefix, std::uint32_t left_length,
                                                         std::uint32_t right_length) {
  const Real similarity = jaro<Real>(matches, half_transpositions, left_length, right_length);
  if (!(similarity > Real(0.7))) return similarity;
  return similarity + Real(0.1) * static_cast<Real>(prefix) * (Real(1) - similarity);
}

// 100 x Jaro-Winkler.
template <class Real = double>
[[nodiscard]] ASSAY_HOST_DEVICE inline Real jaro_winkler_percent(std::uint32_t matches,
                                                                 std::uint32_t half_transpositions,
                                                                 std::uint32_t prefix, std::uint32_t left_length,
                                                                 std::uint32_t right_length) {
  return jaro_winkler<Real>(matches, half_transpositions, prefix, left_length, right_length) * Real(100);
}
[[nodiscard]] ASSAY_HOST_DEVICE inline double jaro_winkler_percent(const ScoreParts& parts, std::uint32_t left_length,
                                                                   std::uint32_t right_length) {
  return jaro_winkler_percent(parts.matches, parts.half_transpositions, parts.prefix, left_length, right_length);
}

// The greatest of the Levenshtein, Jaro and Jaro-Winkler percents, as the audited kernels have it.
template <class Real = double>
[[nodiscard]] ASSAY_HOST_DEVICE inline Real largest_percent(const ScoreParts& parts, std::uint32_t left_length,
                                                            std::uint32_t right_length, std::uint32_t longest_bytes) {
  const Real levenshtein = levenshtein_percent<Real>(parts.distance, longest_bytes);
  const Real winkler = jaro_winkler_percent<Real>(parts.matches, parts.half_transpositions, parts.prefix, left_length,
                                                  right_length);  // never below Jaro
  return levenshtein > winkler ? levenshtein : winkler;
}

// Jaro as an exact fraction. REQUIRES: matches > 0, both lengths below kFractionLengthLimit.
struct JaroFraction {
  std::uint64_t numerator;
  std::uint64_t denominator;
};
[[nodiscard]] ASSAY_HOST_DEVICE inline JaroFraction jaro_fraction(std::uint64_t matches,
                                                                  std::uint64_t half_transpositions,
                                                                  std::uint64_t left_length,
                                                                  std::uint64_t right_length) {
  const std::uint64_t area = left_length * right_length;
  const std::uint64_t ordered = matches - half_transpositions / 2;
  return {matches * matches * (left_length + right_length) + ordered * area, 3 * matches * area};
}

// jaro(...) > 0.7, the condition for the prefix reward, without a division.
[[nodiscard]] ASSAY_HOST_DEVICE inline bool jaro_exceeds_boost(std::uint32_t matches, std::uint32_t half_transpositions,
                                                               std::uint32_t left_length, std::uint32_t right_length) {
  if (matches == 0) return left_length == 0 && right_length == 0;
  if ((left_length | right_length) < kFractionLengthLimit) {
    const JaroFraction exact = jaro_fraction(matches, half_transpositions, left_length, right_length);
    const std::uint64_t tenfold = 10 * exact.numerator;
    const std::uint64_t threshold = 7 * exact.denominator;
    if (tenfold != threshold) return tenfold > threshold;
  }
  return jaro(matches, half_transpositions, left_length, right_length) > 0.7;
}

// levenshtein_percent(...) >= 85. The formula is right where the fraction is exactly 85 %, so integers decide alone.
[[nodiscard]] ASSAY_HOST_DEVICE inline bool levenshtein_at_least_85(std::uint32_t distance,
                                                                    std::uint32_t longest_bytes) {
  return 20 * static_cast<std::uint64_t>(distance) <= 3 * static_cast<std::uint64_t>(longest_bytes);
}

// jaro_winkler_percent(...) >= 85. The 0.7 condition needs no test here: at Jaro <= 0.7 even a rewarded prefix of four
// stays at 82 %. REQUIRES: prefix <= kLongestPrefix and <= both lengths.
[[nodiscard]] ASSAY_HOST_DEVICE inline bool jaro_winkler_at_least_85(std::uint32_t matches,
                                                                     std::uint32_t half_transpositions,
                                                                     std::uint32_t prefix, std::uint32_t left_length,
                                                                     std::uint32_t right_length) {
  if (matches == 0) return left_length == 0 && right_length == 0;
  if ((left_length | right_length) < kFractionLengthLimit) {
    const JaroFraction exact = jaro_fraction(matches, half_transpositions, left_length, right_length);
    const std::uint64_t reward = 2 * static_cast<std::uint64_t>(prefix) * (exact.denominator - exact.numerator);
    const std::uint64_t twentyfold = 20 * exact.numerator + reward;
    const std::uint64_t threshold = 17 * exact.denominator;
    if (twentyfold != threshold) return twentyfold > threshold;
  }
  return jaro_winkler_percent(matches, half_transpositions, prefix, left_length, right_length) >= 85.0;
}
[[nodiscard]] ASSAY_HOST_DEVICE inline bool jaro_winkler_at_least_85(const ScoreParts& parts, std::uint32_t left_length,
                                                                     std::uint32_t right_length) {
  return jaro_winkler_at_least_85(parts.matches, parts.half_transpositions, parts.prefix, left_length, right_length);
}

}  // namespace matcher
