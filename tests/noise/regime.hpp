// The bursts of a noise regime: how long a thread works and rests, drawn from a seed.
#pragma once

#include <cstdint>

namespace assay::noise {

// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same bursts on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  // Above 0, at most 1.
  double next_unit();

 private:
  std::uint64_t state_;
};

struct Burst {
  std::int64_t work_ns = 0;
  std::int64_t rest_ns = 0;
};

// Work and rest are drawn from exponential distributions, so bursts come at no fixed beat that samples could fall in
// step with; on average work takes `duty` of the time. A duty of 1 never rests.
// REQUIRES: 0 < duty <= 1, mean_work_ns > 0.
[[nodiscard]] Burst next_burst(Random& random, double duty, std::int64_t mean_work_ns);

}  // namespace assay::noise
