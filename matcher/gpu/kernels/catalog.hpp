// The kernels as function pointers for host code, which launches them and knows nothing of how they were compiled. Two
// libraries define all this: matcher_gpu_kernels (nvcc) and matcher_gpu_kernels_emulated (a C++ compiler and the
// emulator). A program links one of them, because they define the same symbols; for the same reason only kernels' own
// tests include *.cuh.
#pragma once

#include <cstdint>

#include "matcher/gpu/layout/results.hpp"
#include "matcher/gpu/layout/tasks.hpp"
#include "matcher/gpu/layout/views.hpp"
#include "matcher/gpu/layout/work_queue.hpp"

namespace matcher::gpu {

// Kernels with one thread per pair of texts of at most 64 symbols. Source: PackedPairs<std::uint8_t>, AuditedPairs,
// RowPairs<32> or RowPairs<64>. For PackedPairs<char32_t> there are fused(), fused_shared_row() and warp_per_pair().
template <class Source>
struct PairKernels {
  using Percents = void (*)(Source, float*);
  using Largest = void (*)(Source, LargestPercents<float>);
  using Scores = void (*)(Source, PackedScores);
  using Distances = void (*)(Source, int*, std::uint32_t, std::uint32_t*);

  // As audited: four launches, of which the last is largest_of_three().
  static Percents levenshtein();
  static Percents jaro();
  static Percents jaro_winkler();

  static Largest fused_percents();
  static Scores fused();
  static Scores fused_shared_row();       // kSharedRowBytes of dynamic shared memory per thread
  static Scores bit_parallel_64_table();  // alphabets of five bits; kMaskTableBytes64 per thread
  static Scores bit_parallel_64_planes();
  static Scores bit_parallel_32_table();  // the same for texts of at most 32 symbols; kMaskTableBytes32 per thread
  static Scores bit_parallel_32_planes();

  // Levenshtein alone, by whole warps: diagonals (3 x pitch integers per warp), pitch > every left length, distances.
  static Distances warp_per_pair();
};
inline constexpr std::uint32_t kSharedRowBytes = 64;
inline constexpr std::uint32_t kMaskTableBytes64 = 256;
inline constexpr std::uint32_t kMaskTableBytes32 = 128;

// The three percents, the greatest of them, and the number of pairs.
using LargestOfThree = void (*)(const float*, const float*, const float*, float*, std::uint32_t);
[[nodiscard]] LargestOfThree largest_of_three();

// The fused kernel as one that stays and takes ranges of pairs from a queue: any number of blocks.
using PersistentScores = void (*)(AuditedPairs, PackedScores, WorkQueue);
[[nodiscard]] PersistentScores fused_persistent();

// Block kernels: blocks of kBlockThreads threads and no dynamic shared memory. Patterns of at most 32 symbols, tiles,
// what to score (rows per task of all pairs, or a list of tasks), output; the pruned ones also add to their last
// parameter how many pairs their filter let pass.
using BlockScores = void (*)(Patterns, Tiles, CrossTasks, ScoreMatrix);
using BlockMatches = void (*)(Patterns, Tiles, CrossTasks, MatchList);
using PrunedMatches = void (*)(Patterns, Tiles, CrossTasks, MatchList, std::uint32_t*);
using ListedMatches = void (*)(Patterns, Tiles, ListedTasks, MatchList);
using PrunedListedMatches = void (*)(Patterns, Tiles, ListedTasks, MatchList, std::uint32_t*);

// `slots`: of the tiles, 8, 12, 16, 24 or 32; null for another number. `five_bits`: Alphabet::fits_five_bits().
[[nodiscard]] BlockScores block_scores(std::uint32_t slots, bool five_bits);
[[nodiscard]] BlockMatches block_matches(std::uint32_t slots, bool five_bits);
[[nodiscard]] PrunedMatches pruned_matches(std::uint32_t slots, bool five_bits);
[[nodiscard]] ListedMatches listed_matches(std::uint32_t slots, bool five_bits);
[[nodiscard]] PrunedListedMatches pruned_listed_matches(std::uint32_t slots, bool five_bits);

}  // namespace matcher::gpu
