// How the warps of a grid share out the pairs of two tables: a task is one tile of 32 right records and a run of left
// rows (layout/tasks.hpp).
#pragma once

#include "matcher/gpu/kernels/right_aligned.cuh"
#include "matcher/gpu/kernels/threshold.hpp"
#include "matcher/gpu/layout/tasks.hpp"

namespace matcher::gpu {

inline constexpr std::uint32_t kBlockWarps = kBlockThreads / kWarpLanes;

// Blocks that the registers of a multiprocessor must suffice for. Left to itself the compiler keeps the mask of every
// symbol ready in a register of its own, up to 124 of them, and leaves room for half as many warps.
template <std::uint32_t kSlots>
inline constexpr std::uint32_t kResidentBlocks = kSlots <= 8    ? 5
                                                 : kSlots <= 16 ? 4
                                                 : kSlots <= 24 ? 3
                                                                : 2;

// What a lane knows of a right record.
struct RightRecord {
  std::uint32_t position;
  TextLength length;
  std::uint32_t prefix;

  ASSAY_DEVICE RightRecord(const Tiles& tiles, std::uint32_t at)
      : position(at), length(tiles.lengths[at]), prefix(tiles.prefixes[at]) {}
};

// What all lanes know of a left row.
struct LeftRow {
  std::uint32_t row;
  TextLength length;
  std::uint32_t prefix;

  ASSAY_DEVICE LeftRow(const Patterns& left, std::uint32_t number)
      : row(number),
        length(left.rows.lengths[number]),
        prefix(
            reinterpret_cast<const std::uint32_t*>(left.rows.symbols)[std::uint64_t{number} * (kPatternSymbols / 4)]) {}

  [[nodiscard]] ASSAY_DEVICE PairLengths lengths_with(const RightRecord& right) const {
    return {length.symbols, right.length.symbols, greater<std::uint32_t>(length.bytes, right.length.bytes)};
  }
  [[nodiscard]] ASSAY_DEVICE std::uint32_t prefix_with(const RightRecord& right) const {
    return common_prefix(prefix, right.prefix, length.symbols, right.length.symbols);
  }
};

}  // namespace matcher::gpu
