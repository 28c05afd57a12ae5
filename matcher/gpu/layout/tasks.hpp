// What of two tables the block kernels score: all of it, or what a list of the host's says.
#pragma once

#include <cstdint>

#include "matcher/gpu/layout/views.hpp"

namespace matcher::gpu {

inline constexpr std::uint32_t kTileRecords = 32;

// What a warp does at one go: left rows [first_row, end_row) against records of one tile, of which bit l of `lanes` is
// record l. All pairs leave `lanes` alone.
struct WarpTask {
  std::uint32_t tile = 0;
  std::uint32_t first_row = 0;
  std::uint32_t end_row = 0;
  std::uint32_t lanes = 0xffffffffU;
};

// The two sources of tasks below have the same functions. Every pair that is to be scored is in exactly one task.

// All pairs. Neighbouring tasks are neighbouring tiles, which read the same rows.
struct CrossTasks {
  std::uint32_t rows_per_task;

  [[nodiscard]] ASSAY_HOST_DEVICE std::uint32_t count(const Patterns& left, const Tiles& right) const {
    return right.tiles * ((left.rows.rows + rows_per_task - 1) / rows_per_task);
  }
  [[nodiscard]] ASSAY_HOST_DEVICE WarpTask task(std::uint32_t number, const Patterns& left, const Tiles& right) const {
    const std::uint32_t first = number / right.tiles * rows_per_task;
    const std::uint32_t end = first + rows_per_task;
    return {number % right.tiles, first, end < left.rows.rows ? end : left.rows.rows};
  }
  [[nodiscard]] ASSAY_HOST_DEVICE static bool takes(const WarpTask&, std::uint32_t position, const Tiles& right) {
    return position < right.records;
  }
};

// What a list says: a tile may hold records of several blocks, of which a task takes those of its own.
struct ListedTasks {
  const WarpTask* tasks;
  std::uint32_t tasks_listed;

  [[nodiscard]] ASSAY_HOST_DEVICE std::uint32_t count(const Patterns&, const Tiles&) const { return tasks_listed; }
  [[nodiscard]] ASSAY_HOST_DEVICE WarpTask task(std::uint32_t number, const Patterns&, const Tiles&) const {
    return tasks[number];
  }
  [[nodiscard]] ASSAY_HOST_DEVICE static bool takes(const WarpTask& task, std::uint32_t position, const Tiles&) {
    return (task.lanes >> position % kTileRecords & 1) != 0;
  }
};

}  // namespace matcher::gpu
