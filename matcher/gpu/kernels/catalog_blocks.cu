// Which block kernels there are: one for every length class, alphabet, source of tasks and output.
#include "matcher/gpu/kernels/block.cuh"
#include "matcher/gpu/kernels/block_pruned.cuh"
#include "matcher/gpu/kernels/catalog.hpp"

namespace matcher::gpu {
namespace {

// Kernels<slots, Slots>::kernel of the length class.
template <template <std::uint32_t, class> class Kernels, class Slots, class Kernel>
Kernel of_class(std::uint32_t slots) {
  switch (slots) {
    case 8:
      return Kernels<8, Slots>::kernel();
    case 12:
      return Kernels<12, Slots>::kernel();
    case 16:
      return Kernels<16, Slots>::kernel();
    case 24:
      return Kernels<24, Slots>::kernel();
    case 32:
      return Kernels<32, Slots>::kernel();
    default:
      return nullptr;
  }
}

template <template <std::uint32_t, class> class Kernels, class Kernel>
Kernel choose(std::uint32_t slots, bool five_bits) {
  return five_bits ? of_class<Kernels, FiveBitSlots, Kernel>(slots) : of_class<Kernels, EightBitSlots, Kernel>(slots);
}

template <std::uint32_t kSlots, class Slots>
struct Scores {
  static BlockScores kernel() { return block_kernel<kSlots, Slots, ScoreMatrix, CrossTasks>; }
};
template <std::uint32_t kSlots, class Slots>
struct Matches {
  static BlockMatches kernel() { return block_kernel<kSlots, Slots, MatchList, CrossTasks>; }
};
template <std::uint32_t kSlots, class Slots>
struct Pruned {
  static PrunedMatches kernel() { return block_pruned_kernel<kSlots, Slots, CrossTasks>; }
};
template <std::uint32_t kSlots, class Slots>
struct Listed {
  static ListedMatches kernel() { return block_kernel<kSlots, Slots, MatchList, ListedTasks>; }
};
template <std::uint32_t kSlots, class Slots>
struct PrunedListed {
  static PrunedListedMatches kernel() { return block_pruned_kernel<kSlots, Slots, ListedTasks>; }
};

}  // namespace

BlockScores block_scores(std::uint32_t slots, bool five_bits) {
  return choose<Scores, BlockScores>(slots, five_bits);
}

BlockMatches block_matches(std::uint32_t slots, bool five_bits) {
  return choose<Matches, BlockMatches>(slots, five_bits);
}

PrunedMatches pruned_matches(std::uint32_t slots, bool five_bits) {
  return choose<Pruned, PrunedMatches>(slots, five_bits);
}

ListedMatches listed_matches(std::uint32_t slots, bool five_bits) {
  return choose<Listed, ListedMatches>(slots, five_bits);
}

PrunedListedMatches pruned_listed_matches(std::uint32_t slots, bool five_bits) {
  return choose<PrunedListed, PrunedListedMatches>(slots, five_bits);
}

}  // namespace matcher::gpu
