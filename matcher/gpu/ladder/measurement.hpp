// Every rung over every length class: right or wrong, and how long.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "matcher/gpu/ladder/kernel_timer.hpp"
#include "matcher/gpu/ladder/sample.hpp"
#include "matcher/gpu/ladder/size_sweep.hpp"

namespace matcher::gpu {

struct LadderOptions {
  std::vector<std::uint32_t> classes = {8, 12, 16, 24, 32};
  SampleShape shape;  // its longest is that of each class in turn
  TimerOptions timer;
  SizeSweepOptions sweep;
  std::chrono::nanoseconds time_in_all = std::chrono::minutes(3);
};

struct RungResult {
  std::string name;
  std::string metrics;
  std::uint32_t longest = 0;
  std::uint64_t pairs = 0;
  unsigned launches = 1;
  bool correct = false;
  std::optional<KernelTimes> times;  // none: wrong, or no time was left
  std::vector<SizeTimes> sizes;      // empty: as above, or not of the length class that is swept

  // Of the whole run, and of all sizes.
  [[nodiscard]] bool all_right() const {
    return correct && std::all_of(sizes.begin(), sizes.end(), [](const SizeTimes& size) { return size.correct; });
  }
};

struct LadderResult {
  std::vector<RungResult> rungs;
  std::string error;  // what ended the measurement before its end; empty: nothing did
};

// What is wrong gets no time. said: after each rung.
[[nodiscard]] LadderResult measure_ladder(ResourceTracker& tracker, const LadderOptions& options,
                                          const std::function<void(const RungResult&)>& said);

}  // namespace matcher::gpu
