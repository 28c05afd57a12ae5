// Every combination of the axes on one job: right or wrong, how long, and what each axis counted.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "matcher/gpu/device/tile_pipeline.hpp"

namespace matcher::gpu {

struct MatrixOptions {
  std::size_t items = std::size_t{1} << 20;
  std::vector<std::size_t> tile_items = {std::size_t{1} << 12, std::size_t{1} << 16, std::size_t{1} << 20};
  std::vector<unsigned> streams = {1, 2, 3, 4};
  std::chrono::nanoseconds time_per_cell = std::chrono::milliseconds(300);
  std::chrono::nanoseconds time_in_all = std::chrono::minutes(6);
  std::uint64_t seed = 1;  // of the data, and of the order of the cells, which spreads what the time cuts off
  SteadyNow now = std::chrono::steady_clock::now;
};

struct MatrixCell {
  PipelineOptions options;
  bool correct = false;
  std::string error;  // why there is no answer at all
  // Wall times of whole runs after a first one, sorted; empty if that was not correct: what is wrong gets no time.
  std::vector<std::chrono::nanoseconds> times;
  PipelineReport report;
};

struct Matrix {
  std::vector<MatrixCell> cells;
  std::size_t not_measured = 0;  // for lack of time
};

[[nodiscard]] std::string name_of(HostMemoryChoice choice);
[[nodiscard]] std::string name_of(DeviceBufferChoice choice);
[[nodiscard]] std::string name_of(WaitChoice choice);
[[nodiscard]] std::string name_of(SubmissionChoice choice);

// A lost device ends the matrix; its cell says so.
[[nodiscard]] Matrix measure_matrix(ResourceTracker& tracker, const MatrixOptions& options);

}  // namespace matcher::gpu
