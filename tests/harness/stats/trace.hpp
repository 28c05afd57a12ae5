// Recorded control pairs of equal code (traces/README.md), and drawing from them again.
#pragma once

#include <cstddef>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "harness/stats/pair_filter.hpp"

namespace assay::stats {

struct Trace {
  std::string name;  // file name without its ending
  std::vector<double> baseline_wall_ns;
  std::vector<double> control_wall_ns;
  std::vector<double> wall_log_ratios;
  std::vector<double> cpu_log_ratios;
  std::vector<NoiseEvidence> baseline_noise;
  std::vector<NoiseEvidence> control_noise;
};

// All families, by name. A file that cannot be read or holds something else fails the running test.
std::vector<Trace> read_traces();

// The trace moved so that its median is 0: the true effect is known, the shape of its noise stays.
std::vector<double> centered(std::span<const double> log_ratios);

// `count` values in blocks of neighbours from random places, circular; what moved together stays together.
std::vector<double> draw_again(std::mt19937_64& engine, std::span<const double> log_ratios, std::size_t count,
                               std::size_t block);

}  // namespace assay::stats
