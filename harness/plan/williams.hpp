// The order of samples for any number of arms: Williams squares, balanced for position and for what an arm leaves
// behind.
#pragma once

#include <cstdint>
#include <vector>

namespace assay::plan {

// The orders of one block, each a permutation of the arms 0 .. arms - 1. Every arm stands in every position equally
// often, and every arm directly follows every other equally often inside an order, so that neither a drift nor what one
// arm leaves in caches, heap or branch predictor falls on one arm more than on another (first-order carry-over:
// Williams 1949, "Experimental designs balanced for the estimation of residual effects of treatments"). An even number
// of arms needs one square (as many orders as arms, each neighbourhood once), an odd one two (each twice).
[[nodiscard]] std::vector<std::vector<std::uint32_t>> williams_design(std::uint32_t arms);

// One sample to take. Each order holds one sample of every arm, so the samples of two arms in one order are a pair.
struct WilliamsSlot {
  std::uint32_t block = 0;
  std::uint32_t order = 0;     // inside its block
  std::uint32_t position = 0;  // inside its order
  std::uint32_t arm = 0;
};

// `blocks` blocks, each a whole design whose arms and orders have been shuffled anew by (seed, launch, block). What an
// order leaves to the next is not balanced, only random. Three arms: 18 samples a block, 6 pairs of each two; run_case
// uses the mirrored blocks of schedule.hpp (6 samples, 2 pairs), which cancel a linear drift inside every block.
[[nodiscard]] std::vector<WilliamsSlot> make_williams_schedule(std::uint64_t seed, std::uint32_t launch,
                                                               std::uint32_t blocks, std::uint32_t arms);

}  // namespace assay::plan
