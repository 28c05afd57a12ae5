#include "harness/plan/schedule.hpp"

#include <algorithm>
#include <cmath>

namespace assay::plan {
namespace {

// SplitMix64 (Steele, Lea, Flood 2014): a counter in, well-mixed bits out; the coin needs no more.
std::uint64_t mix(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15ULL;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

void add_block(std::vector<Slot>& slots, std::uint32_t block, Series series, bool swapped) {
  const Arm other = series == Series::kTest ? Arm::kCandidate : Arm::kControl;
  const Arm outer = swapped ? other : Arm::kBaseline;
  const Arm inner = swapped ? Arm::kBaseline : other;
  slots.push_back({block, 0, series, outer});
  slots.push_back({block, 1, series, inner});
  slots.push_back({block, 2, series, inner});
  slots.push_back({block, 3, series, outer});
}

}  // namespace

std::vector<Slot> make_schedule(std::uint64_t seed, std::uint32_t launch, std::uint32_t test_blocks,
                                std::uint32_t control_blocks) {
  std::vector<Slot> slots;
  std::uint32_t controls_done = 0;
  const std::uint32_t total = test_blocks + control_blocks;
  for (std::uint32_t block = 0; block < total; ++block) {
    // Bresenham's rule spreads the controls evenly over the launch.
    const bool control = (block + 1) * control_blocks / total > controls_done;
    if (control) ++controls_done;
    const bool swapped = (mix(mix(seed) ^ (static_cast<std::uint64_t>(launch) << 32 | block)) >> 63) != 0;
    add_block(slots, block, control ? Series::kControl : Series::kTest, swapped);
  }
  return slots;
}

BlockCounts blocks_for_budget(double budget_seconds, std::uint32_t launches, double baseline_seconds,
                              double candidate_seconds) {
  // Two test blocks and one control block take four samples of the candidate and eight of the baseline's code.
  const double triple = 8 * baseline_seconds + 4 * candidate_seconds;
  const double triples = budget_seconds / launches / std::max(triple, 1e-9);
  const auto whole = static_cast<std::uint32_t>(std::clamp(std::floor(triples), 1.0, 8.0));
  return {2 * whole, whole};
}

}  // namespace assay::plan
