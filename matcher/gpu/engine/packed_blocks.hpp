// Blocks of rows as the arrays and the list of tasks that block kernels take.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "matcher/gpu/engine/blocked_rows.hpp"
#include "matcher/gpu/layout/rows.hpp"
#include "matcher/gpu/layout/tasks.hpp"
#include "matcher/gpu/layout/tiles.hpp"

namespace matcher::gpu {

inline constexpr std::array<std::uint32_t, 5> kTileSlots = {8, 12, 16, 24, 32};

// The right rows of one length class, of all blocks one behind the other, and what of them is to be scored.
struct PackedClass {
  std::uint32_t slots = 0;
  TileTable tiles;
  std::vector<std::uint32_t> rows;  // by position in the tiles: row of the caller's right table
  std::vector<WarpTask> tasks;
};

struct PackedBlocks {
  PatternTable left;
  std::vector<std::uint32_t> left_rows;  // by pattern: row of the caller's left table
  std::array<PackedClass, kTileSlots.size()> classes;
  bool five_bits = false;
};

// The pairs that a task scores.
[[nodiscard]] std::uint32_t pairs_of(const WarpTask& task);

// Arrays of the host for blocks of BlockedRows::for_kernels, or pieces of them. Right rows go into the class of their
// length, but those of a block that would not fill a tile go into the next larger one that the block has rows for:
// lanes that idle cost more than slots that are empty. REQUIRES: `rows` was made of these names, which have one
// alphabet; threads > 0.
[[nodiscard]] PackedBlocks pack_blocks(const EncodedNames& left, const EncodedNames& right, const BlockedRows& rows,
                                       std::span<const RowBlock> blocks, unsigned threads = 1);

}  // namespace matcher::gpu
