// Which first samples of a process are warm-up, by a rule instead of by hand.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace assay::stats {

enum class WarmUpState {
  kWarming,        // take three more samples and ask again
  kSteady,         // the first samples_to_drop are warm-up
  kNoSteadyState,  // not flat in 30 samples: say so, and compare whole series
};

struct WarmUp {
  WarmUpState state = WarmUpState::kWarming;
  std::size_t samples_to_drop = 0;  // kSteady only
};

// At 9, 12, ... 30 samples the series is cut in thirds: if the medians of the middle and the last third lie within 1 %
// of each other, it is flat from the middle third on. The first length at which that holds decides, whatever comes
// later. Not every program becomes steady (Barrett et al. 2017, "Virtual machine warmup blows hot and cold"); without
// that answer a rule would call any series warm in the end. times: of one process, in order, > 0. O(n).
[[nodiscard]] WarmUp judge_warm_up(std::span<const double> times);

inline constexpr std::size_t kMostWarmUpSamples = 30;
inline constexpr double kFlatWithin = 0.01;  // relative

[[nodiscard]] std::string_view to_string(WarmUpState state);  // "warming", "steady", "no_steady_state"

}  // namespace assay::stats
