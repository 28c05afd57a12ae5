#include "tests/noise/regime.hpp"

#include <cmath>

namespace assay::noise {

std::uint64_t Random::next() {
  state_ += 0x9e3779b97f4a7c15ULL;
  std::uint64_t value = state_;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

double Random::next_unit() {
  return (static_cast<double>(next() >> 11) + 1) * 0x1.0p-53;
}

Burst next_burst(Random& random, double duty, std::int64_t mean_work_ns) {
  const double mean = static_cast<double>(mean_work_ns);
  const double mean_rest = mean * (1 - duty) / duty;
  Burst burst;
  burst.work_ns = std::llround(-std::log(random.next_unit()) * mean);
  burst.rest_ns = std::llround(-std::log(random.next_unit()) * mean_rest);
  return burst;
}

}  // namespace assay::noise
