// The order of samples inside one launch: blocks of four, ABBA or BAAB by a seeded coin, with control blocks between.
#pragma once

#include <cstdint>
#include <vector>

namespace assay::plan {

enum class Arm : std::uint8_t { kBaseline, kCandidate, kControl };  // control: a second worker of the baseline
enum class Series : std::uint8_t { kTest, kControl };

// One sample to take. position is 0..3 inside its block; samples 0,1 and 2,3 of a block form the two pairs.
struct Slot {
  std::uint32_t block = 0;
  std::uint32_t position = 0;
  Series series = Series::kTest;
  Arm arm = Arm::kBaseline;
};

// test_blocks blocks of baseline against candidate and control_blocks of baseline against control, spread evenly. Each
// block is x y y x, so that a linear drift falls on both arms alike; who is x is drawn by a coin from (seed, launch).
[[nodiscard]] std::vector<Slot> make_schedule(std::uint64_t seed, std::uint32_t launch, std::uint32_t test_blocks,
                                              std::uint32_t control_blocks);

// The blocks of one launch that fit a budget, given what a sample of each arm costs. Every launch gets at least two
// test blocks (four pairs) and one control block; at most 16 test blocks. Controls take about a third of the blocks.
struct BlockCounts {
  std::uint32_t test = 2;
  std::uint32_t control = 1;
};
[[nodiscard]] BlockCounts blocks_for_budget(double budget_seconds, std::uint32_t launches, double baseline_seconds,
                                            double candidate_seconds);

}  // namespace assay::plan
