// The order of samples inside one launch: blocks of six, each arm twice, mirrored, the order drawn by a seeded coin.
#pragma once

#include <cstdint>
#include <vector>

namespace assay::plan {

enum class Arm : std::uint8_t { kBaseline, kCandidate, kControl };  // control: a second worker of the baseline
inline constexpr std::uint32_t kArms = 3;

// One sample to take. position is 0..5 inside its block. Each half of a block (0..2, 3..5) holds one sample of every
// arm, and so one test pair (baseline, candidate) and one control pair (baseline, control).
struct Slot {
  std::uint32_t block = 0;
  std::uint32_t position = 0;
  Arm arm = Arm::kBaseline;
};

// True for the last sample of each half of a block: behind it no pair is incomplete.
[[nodiscard]] constexpr bool completes_pairs(std::uint32_t position) {
  return position % kArms == kArms - 1;
}

// Each block is x y z z y x with one of the six orders drawn by (seed, launch, block): a linear drift falls on all arms
// alike, baseline and candidate alternate as ABBA or BAAB, and the control stands to the baseline exactly as the
// candidate does, so that what it shows is what equal code would have shown.
[[nodiscard]] std::vector<Slot> make_schedule(std::uint64_t seed, std::uint32_t launch, std::uint32_t blocks);

// The blocks of one launch that fit a budget, given what a sample of each arm costs: at least two (four pairs of each
// kind), at most 16.
[[nodiscard]] std::uint32_t blocks_for_budget(double budget_seconds, std::uint32_t launches, double baseline_seconds,
                                              double candidate_seconds);

}  // namespace assay::plan
