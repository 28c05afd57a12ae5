// How alike the names of true pairs are after the damage: the histogram that the manifest states.
#pragma once

#include <array>
#include <cstdint>

#include "assay/plugin.h"

namespace assay::datasets {

// Bin k counts pairs of a similarity from 5 k % to below 5 k + 5 %; the last bin holds the equal ones.
inline constexpr std::size_t kSimilarityBins = 21;
using SimilarityHistogram = std::array<std::uint64_t, kSimilarityBins>;

// Similarity of full names (first, middle and last that are present, joined by a space) in the original case: 1 - edit
// distance / longer length, in Unicode scalar values (Levenshtein 1966). Two empty names are equal. REQUIRES: tables as
// generate/people_tables makes them. Exact for any number of threads; O(pairs * length^2).
[[nodiscard]] SimilarityHistogram name_similarity(const assay_table& left, const assay_table& right,
                                                  const assay_table& truth, unsigned threads);

}  // namespace assay::datasets
