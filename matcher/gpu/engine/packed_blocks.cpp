// Puts blocks side by side and cuts them into tasks.
#include "matcher/gpu/engine/packed_blocks.hpp"

#include <algorithm>
#include <cstddef>

namespace matcher::gpu {
namespace {

// A warp's task is long enough that it reads its tile for many rows, and a block of 1 % of ten million rows gives
// 780,000 tasks of 16 bytes; what is best has not been measured on a GPU.
constexpr std::uint32_t kLeastRowsPerTask = 256;
constexpr std::uint32_t kMostRowsPerTask = 8192;
constexpr std::uint32_t kTasksPerBlock = 64;  // along the left rows, between these bounds

std::uint32_t lanes_of(std::uint32_t begin, std::uint32_t end) {
  const std::uint32_t all_below_end = end == kTileRecords ? 0xffffffffU : (std::uint32_t{1} << end) - 1;
  return all_below_end & ~((std::uint32_t{1} << begin) - 1);
}

// Positions [begin, end) of a class with left rows [first_row, end_row).
void add_tasks(std::uint32_t begin, std::uint32_t end, std::uint32_t first_row, std::uint32_t end_row,
               std::vector<WarpTask>& tasks) {
  const std::uint32_t step = std::clamp((end_row - first_row) / kTasksPerBlock, kLeastRowsPerTask, kMostRowsPerTask);
  for (std::uint32_t row = first_row; row < end_row; row += step) {
    for (std::uint32_t tile = begin / kTileRecords; tile * kTileRecords < end; ++tile) {
      const std::uint32_t tile_begin = tile * kTileRecords;
      tasks.push_back({tile, row, std::min(row + step, end_row),
                       lanes_of(std::max(begin, tile_begin) - tile_begin, std::min(end - tile_begin, kTileRecords))});
    }
  }
}

class Packer {
 public:
  Packer(const EncodedNames& right, const BlockedRows& rows, PackedBlocks& packed)
      : right_(right), rows_(rows), packed_(packed) {}

  void add(const RowBlock& block) {
    const auto first_row = static_cast<std::uint32_t>(packed_.left_rows.size());
    const auto at = [](const std::vector<std::uint32_t>& rows, std::uint32_t place) { return rows.begin() + place; };
    packed_.left_rows.insert(packed_.left_rows.end(), at(rows_.left, block.left_begin), at(rows_.left, block.left_end));
    const auto end_row = static_cast<std::uint32_t>(packed_.left_rows.size());
    std::uint32_t begin = block.right_begin;
    std::uint32_t end = begin;
    for (PackedClass& of_class : packed_.classes) {
      while (end < block.right_end && right_.rows[rows_.right[end]].symbols <= of_class.slots) ++end;
      const bool moves_up = end - begin < kTileRecords && end < block.right_end;
      if (begin == end || moves_up) continue;
      const auto position = static_cast<std::uint32_t>(of_class.rows.size());
      of_class.rows.insert(of_class.rows.end(), at(rows_.right, begin), at(rows_.right, end));
      add_tasks(position, position + (end - begin), first_row, end_row, of_class.tasks);
      begin = end;
    }
  }

 private:
  const EncodedNames& right_;
  const BlockedRows& rows_;
  PackedBlocks& packed_;
};

}  // namespace

std::uint32_t pairs_of(const WarpTask& task) {
  return static_cast<std::uint32_t>(__builtin_popcount(task.lanes)) * (task.end_row - task.first_row);
}

PackedBlocks pack_blocks(const EncodedNames& left, const EncodedNames& right, const BlockedRows& rows,
                         std::span<const RowBlock> blocks, unsigned threads) {
  PackedBlocks packed;
  packed.five_bits = right.five_bits;
  for (std::size_t i = 0; i < kTileSlots.size(); ++i) packed.classes[i].slots = kTileSlots[i];
  Packer packer(right, rows, packed);
  for (const RowBlock& block : blocks) packer.add(block);
  packed.left = make_patterns(left, packed.left_rows, threads);
  for (PackedClass& of_class : packed.classes) {
    of_class.tiles = make_tiles(right, of_class.rows, of_class.slots, threads);
  }
  return packed;
}

}  // namespace matcher::gpu
