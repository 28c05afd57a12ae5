// Where kernels put what they find: pointers into the memory of a device. How each is filled: kernels/outputs.cuh for
// kernels with one thread per pair, kernels/block_outputs.cuh for block kernels.
#pragma once

#include <cstdint>

#include "matcher/similarity/packed_parts.hpp"

namespace matcher::gpu {

// 4 bytes per pair of a list; floating point is made of them where they are read.
struct PackedScores {
  PackedParts* parts;
};

// As audited: the greatest of the three percents of every pair of a list.
template <class Real>
struct LargestPercents {
  Real* percents;
};

// Every score of a block: scores[left * pitch + right], pitch >= the right records.
struct ScoreMatrix {
  PackedParts* scores;
  std::uint64_t pitch;
};

// A threshold in percent, rounded down to tenths, so that the tests of kernels/threshold.hpp fit 32 bits.
struct Threshold {
  std::uint32_t tenths;
};

// A pair that may reach the threshold: row of the left table, position in the right tiles.
struct Match {
  std::uint32_t left;
  std::uint32_t right;
  PackedParts parts;
};

// What of a block may reach the threshold, in no order. *count counts on where `capacity` ends, so that the caller
// knows how much room another run needs; it starts at 0.
struct MatchList {
  Threshold threshold;
  Match* matches;
  std::uint32_t* count;
  std::uint32_t capacity;
};

}  // namespace matcher::gpu
