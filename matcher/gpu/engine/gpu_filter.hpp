// The filter behind gpu_backend.hpp, with what tests want to set and see.
#pragma once

#include <string>

#include "matcher/engine/pair_filter.hpp"
#include "matcher/gpu/device/resource_tracker.hpp"
#include "matcher/gpu/engine/block_matcher.hpp"
#include "matcher/gpu/engine/block_run.hpp"

namespace matcher::gpu {

class GpuFilter : public PairFilter {
 public:
  // options.least_percent is the job's.
  explicit GpuFilter(BlockMatchOptions options = {}) : options_(options) {}

  [[nodiscard]] Result<std::uint64_t> filter(const FilterJob& job, const TakePairs& take) override;

  // Of the last job.
  [[nodiscard]] const BlockCounters& counters() const { return counters_; }
  [[nodiscard]] const BlockRunReport& report() const { return report_; }
  // What is alive on the device, one line each: nothing between jobs.
  [[nodiscard]] std::string leak_report() const { return tracker_.leak_report(); }

 private:
  BlockMatchOptions options_;
  ResourceTracker tracker_;
  BlockCounters counters_;
  BlockRunReport report_;
};

}  // namespace matcher::gpu
