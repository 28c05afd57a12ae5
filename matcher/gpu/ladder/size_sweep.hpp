// One rung over the pairs of a launch: how fast with how many, and how many it needs to be half as fast as it gets.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "matcher/gpu/device/record/half_performance.hpp"
#include "matcher/gpu/ladder/kernel_timer.hpp"
#include "matcher/gpu/ladder/rungs.hpp"

namespace matcher::gpu {

struct SizeSweepOptions {
  std::uint32_t longest = 12;  // the length class that is swept
  // Those that a rung takes: a list has 2^23 pairs, the tables 2^26.
  std::vector<std::uint64_t> pairs = {1U << 10, 1U << 12, 1U << 14, 1U << 16, 1U << 18,
                                      1U << 20, 1U << 22, 1U << 24, 1U << 26};
  std::chrono::nanoseconds time_per_size = std::chrono::milliseconds(50);
};

struct SizeTimes {
  std::uint64_t pairs = 0;
  bool correct = false;
  std::vector<double> cold_ns;  // sorted; empty: wrong

  [[nodiscard]] std::optional<double> cold_median_ns() const;
  // None: no time was measured, or one that is below the clock's step.
  [[nodiscard]] std::optional<double> pairs_per_second() const;
};

// Many pairs first: what is left out when the time is up are the few, so that the best rate stays the best there is. By
// pairs. REQUIRES: the rung is right with all of its pairs. Errors: of the runtime.
[[nodiscard]] DeviceResult<std::vector<SizeTimes>> sweep_sizes(const Rung& rung, KernelTimer& timer,
                                                               const SizeSweepOptions& options,
                                                               const std::function<bool()>& time_is_up);

// Of what was right.
[[nodiscard]] HalfPerformance half_performance_pairs(const std::vector<SizeTimes>& sizes);

}  // namespace matcher::gpu
