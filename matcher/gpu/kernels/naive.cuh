// The scorers as the audited kernels have them: arrays of a thread's own, one cell and one flag at a time. Never made
// faster.
#pragma once

#include "matcher/gpu/kernels/platform.cuh"
#include "matcher/gpu/layout/views.hpp"
#include "matcher/similarity/score_parts.hpp"

namespace matcher::gpu {

// Two rows of the Wagner-Fischer matrix, the new one copied over the old one. REQUIRES: right.length <= kLongest.
template <std::uint32_t kLongest, class Symbol>
ASSAY_DEVICE std::uint32_t naive_distance(const Text<Symbol>& left, const Text<Symbol>& right) {
  int above[kLongest + 1];
  int row[kLongest + 1];
  const int width = static_cast<int>(right.length);
  for (int j = 0; j <= width; ++j) above[j] = j;
  for (int i = 1; i <= static_cast<int>(left.length); ++i) {
    row[0] = i;
    for (int j = 1; j <= width; ++j) {
      const int cost = left.symbols[i - 1] == right.symbols[j - 1] ? 0 : 1;
      row[j] = smaller(smaller(row[j - 1] + 1, above[j] + 1), above[j - 1] + cost);
    }
    for (int j = 0; j <= width; ++j) above[j] = row[j];
  }
  return static_cast<std::uint32_t>(above[width]);
}

struct JaroCounts {
  std::uint32_t matches;
  std::uint32_t half_transpositions;
};

// REQUIRES: both lengths <= kLongest.
template <std::uint32_t kLongest, class Symbol>
ASSAY_DEVICE JaroCounts naive_jaro(const Text<Symbol>& left, const Text<Symbol>& right) {
  bool left_matched[kLongest];
  bool right_matched[kLongest];
  const int left_length = static_cast<int>(left.length);
  const int right_length = static_cast<int>(right.length);
  for (int i = 0; i < left_length; ++i) left_matched[i] = false;
  for (int j = 0; j < right_length; ++j) right_matched[j] = false;
  const int window = greater(greater(left_length, right_length) / 2 - 1, 0);
  std::uint32_t matches = 0;
  for (int i = 0; i < left_length; ++i) {
    const int end = smaller(i + window + 1, right_length);
    for (int j = greater(i - window, 0); j < end; ++j) {
      if (right_matched[j] || left.symbols[i] != right.symbols[j]) continue;
      left_matched[i] = right_matched[j] = true;
      ++matches;
      break;
    }
  }
  std::uint32_t half_transpositions = 0;
  int j = 0;
  for (int i = 0; i < left_length; ++i) {
    if (!left_matched[i]) continue;
    while (!right_matched[j]) ++j;
    half_transpositions += left.symbols[i] != right.symbols[j] ? 1U : 0U;
    ++j;
  }
  return {matches, half_transpositions};
}

template <class Symbol>
ASSAY_DEVICE std::uint32_t naive_prefix(const Text<Symbol>& left, const Text<Symbol>& right) {
  const std::uint32_t shorter = smaller(left.length, right.length);
  const std::uint32_t limit = shorter < kLongestPrefix ? shorter : kLongestPrefix;
  std::uint32_t prefix = 0;
  while (prefix < limit && left.symbols[prefix] == right.symbols[prefix]) ++prefix;
  return prefix;
}

template <class Symbol>
ASSAY_DEVICE std::uint32_t longest_bytes(const TextPair<Symbol>& pair) {
  return greater(pair.left.bytes, pair.right.bytes);
}

}  // namespace matcher::gpu
