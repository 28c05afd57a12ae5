// One flow through the pipeline, on one job whose answers are known: right or wrong, how long, and what it counted.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matcher/gpu/device/axes/row_digest.hpp"
#include "matcher/gpu/device/tile_pipeline.hpp"

namespace matcher::gpu {

// Random pairs, and their digests as the host computes them.
class DigestJob {
 public:
  DigestJob(std::size_t items, std::uint64_t seed);

  [[nodiscard]] std::size_t items() const { return pairs_.size(); }
  // The first `items` of them. REQUIRES: items <= items().
  [[nodiscard]] Job first(std::size_t items);
  void forget(std::size_t items);
  [[nodiscard]] bool is_right(std::size_t items) const;

 private:
  std::vector<RowPair> pairs_;
  std::vector<std::uint32_t> expected_;
  std::vector<std::uint32_t> digests_;
};

struct AxesCell {
  PipelineOptions options;
  std::size_t items = 0;  // of one run
  bool correct = false;
  std::string error;  // why there is no answer at all
  // Wall times of whole runs after a first one, sorted; empty if that was not correct: what is wrong gets no time.
  std::vector<std::chrono::nanoseconds> times;
  PipelineReport report;

  [[nodiscard]] std::optional<std::chrono::nanoseconds> median() const;
  // None: no time was measured, or one that is below the clock's step.
  [[nodiscard]] std::optional<double> items_per_second() const;
};

struct CellLimits {
  // Three runs and a first one are made anyway. At this cap the 720 cells of the matrix add up to 72 s, about half of
  // what scripts/gpu_check.sh gives gpu_axes.
  std::chrono::nanoseconds time = std::chrono::milliseconds(100);
  SteadyNow now = std::chrono::steady_clock::now;
};

// Runs the first cell.items items of the job as cell.options say, and fills in the rest of the cell. False: the device
// is lost, and there is no use in going on.
[[nodiscard]] bool measure_cell(ResourceTracker& tracker, DigestJob& job, const CellLimits& limits, AxesCell& cell);

[[nodiscard]] std::string name_of(HostMemoryChoice choice);
[[nodiscard]] std::string name_of(DeviceBufferChoice choice);
[[nodiscard]] std::string name_of(WaitChoice choice);
[[nodiscard]] std::string name_of(SubmissionChoice choice);

}  // namespace matcher::gpu
