// The work that tools are compared on: a chain of dependent steps, so that extra steps cost what they should.
#pragma once

#include <cstdint>

namespace assay::noise {

inline constexpr std::uint64_t kUnitSteps = 20'000;  // of one unit: about 50 microseconds

// One unit and `extra_percent` more of it. The steps are those of the stub plugins (tests/stub_plugins/stub.hpp).
[[nodiscard]] inline std::uint64_t work(std::uint64_t seed, std::uint64_t extra_percent) {
  const std::uint64_t steps = kUnitSteps * (100 + extra_percent) / 100;
  std::uint64_t value = seed;
  for (std::uint64_t step = 0; step < steps; ++step) {
    value += 0x9e3779b97f4a7c15ULL;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value ^= value >> 27;
  }
  return value;
}

}  // namespace assay::noise
