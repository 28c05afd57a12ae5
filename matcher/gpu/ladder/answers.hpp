// Whether what a rung wrote is what the CPU says, and nothing else: a run that looked at more pairs than it was asked
// for would be given their time.
#pragma once

#include <cstdint>
#include <optional>

#include "matcher/gpu/ladder/tables.hpp"

namespace matcher::gpu {

// Percent that the rungs which hand back matches select by.
inline constexpr double kLadderThreshold = 90;

// Each byte of a result that a rung has forgotten; no score is made of them.
inline constexpr int kForgotten = 0xff;

// The first rows of both tables.
struct Square {
  std::uint32_t left = 0;
  std::uint32_t right = 0;
};

// As many left as right rows, or all of both; none for another number of pairs.
[[nodiscard]] std::optional<Square> square_of(const Sample& sample, std::uint64_t pairs);

// REQUIRES of all of them: the results were forgotten before the run, if that looked at a part only. Of the first
// `pairs` pairs of the list. Errors, here and below: of the runtime.
[[nodiscard]] DeviceResult<bool> listed_scores_are_right(const LadderTables& tables, std::uint64_t pairs,
                                                         cudaStream_t stream);
// As audited, in single precision: the bits that score.hpp gives in single precision.
[[nodiscard]] DeviceResult<bool> percents_are_right(const LadderTables& tables, std::uint64_t pairs,
                                                    cudaStream_t stream);
[[nodiscard]] DeviceResult<bool> distances_are_right(const LadderTables& tables, std::uint64_t pairs,
                                                     cudaStream_t stream);

// Row by row, as far apart as the whole table's.
[[nodiscard]] DeviceResult<bool> square_scores_are_right(const LadderTables& tables, const Square& square,
                                                         cudaStream_t stream);
// Every pair that reaches the threshold is there once, with its scores, and nothing else is but pairs with their
// scores.
[[nodiscard]] DeviceResult<bool> matches_are_right(const LadderTables& tables, const Square& square,
                                                   cudaStream_t stream);

}  // namespace matcher::gpu
