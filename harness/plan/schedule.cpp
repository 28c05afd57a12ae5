#include "harness/plan/schedule.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "harness/plan/seeded_coin.hpp"

namespace assay::plan {
namespace {

constexpr std::array<std::array<Arm, kArms>, 6> kOrders{{{Arm::kBaseline, Arm::kCandidate, Arm::kControl},
                                                         {Arm::kBaseline, Arm::kControl, Arm::kCandidate},
                                                         {Arm::kCandidate, Arm::kBaseline, Arm::kControl},
                                                         {Arm::kCandidate, Arm::kControl, Arm::kBaseline},
                                                         {Arm::kControl, Arm::kBaseline, Arm::kCandidate},
                                                         {Arm::kControl, Arm::kCandidate, Arm::kBaseline}}};

}  // namespace

std::vector<Slot> make_schedule(std::uint64_t seed, std::uint32_t launch, std::uint32_t blocks) {
  std::vector<Slot> slots;
  slots.reserve(std::size_t{2} * kArms * blocks);
  for (std::uint32_t block = 0; block < blocks; ++block) {
    const std::uint64_t drawn = bits_of_block(seed, launch, block);
    const auto& order = kOrders[drawn % kOrders.size()];
    for (std::uint32_t i = 0; i < kArms; ++i) slots.push_back({block, i, order[i]});
    for (std::uint32_t i = 0; i < kArms; ++i) slots.push_back({block, kArms + i, order[kArms - 1 - i]});
  }
  return slots;
}

std::uint32_t blocks_for_budget(double budget_seconds, std::uint32_t launches, double baseline_seconds,
                                double candidate_seconds) {
  // The control runs the baseline's code.
  const double block = 4 * baseline_seconds + 2 * candidate_seconds;
  const double blocks = budget_seconds / launches / std::max(block, 1e-9);
  return static_cast<std::uint32_t>(std::clamp(std::floor(blocks), 2.0, 16.0));
}

}  // namespace assay::plan
