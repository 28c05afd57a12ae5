#include "harness/plan/williams.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

#include "harness/plan/seeded_coin.hpp"

namespace assay::plan {
namespace {

// 0, 1, k - 1, 2, k - 2, ...: the steps from each to the next are all different modulo k.
std::vector<std::uint32_t> first_order(std::uint32_t arms) {
  std::vector<std::uint32_t> order(arms);
  for (std::uint32_t i = 1; i < arms; ++i) order[i] = i % 2 == 1 ? (i + 1) / 2 : arms - i / 2;
  return order;
}

// Fisher & Yates, from bits that belong to this shuffle alone.
template <typename Value>
void shuffle(std::vector<Value>& values, std::uint64_t bits) {
  for (std::size_t left = values.size(); left > 1; --left) {
    bits = mix(bits);
    std::swap(values[left - 1], values[bits % left]);
  }
}

}  // namespace

std::vector<std::vector<std::uint32_t>> williams_design(std::uint32_t arms) {
  std::vector<std::vector<std::uint32_t>> design;
  const std::vector<std::uint32_t> first = first_order(arms);
  for (std::uint32_t shift = 0; shift < arms; ++shift) {
    std::vector<std::uint32_t> order(arms);
    std::transform(first.begin(), first.end(), order.begin(), [&](std::uint32_t arm) { return (arm + shift) % arms; });
    design.push_back(order);
    if (arms % 2 == 0 || arms == 1) continue;
    std::reverse(order.begin(), order.end());
    design.push_back(std::move(order));
  }
  return design;
}

std::vector<WilliamsSlot> make_williams_schedule(std::uint64_t seed, std::uint32_t launch, std::uint32_t blocks,
                                                 std::uint32_t arms) {
  std::vector<WilliamsSlot> slots;
  std::vector<std::uint32_t> names(arms);
  for (std::uint32_t block = 0; block < blocks; ++block) {
    const std::uint64_t bits = bits_of_block(seed, launch, block);
    std::vector<std::vector<std::uint32_t>> design = williams_design(arms);
    std::iota(names.begin(), names.end(), 0U);
    shuffle(names, bits);
    shuffle(design, mix(bits ^ 1));
    for (std::uint32_t order = 0; order < design.size(); ++order) {
      for (std::uint32_t position = 0; position < arms; ++position) {
        slots.push_back({block, order, position, names[design[order][position]]});
      }
    }
  }
  return slots;
}

}  // namespace assay::plan
