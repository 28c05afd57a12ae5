// Draws for simulations that are the same on every platform: the standard engine, but not the standard distributions.
#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>
#include <random>
#include <vector>

namespace assay::stats {

// Uniform in (0, 1) from the top 53 bits; the standard distributions differ between libraries, the engine does not.
inline double uniform(std::mt19937_64& engine) {
  return (static_cast<double>(engine() >> 11) + 0.5) * 0x1p-53;
}

inline double normal(std::mt19937_64& engine) {  // Box & Muller 1958
  const double radius = std::sqrt(-2 * std::log(uniform(engine)));
  return radius * std::cos(2 * std::numbers::pi * uniform(engine));
}

inline std::vector<double> normal_pairs(std::mt19937_64& engine, std::size_t pairs, double center, double sigma) {
  std::vector<double> ratios(pairs);
  for (double& ratio : ratios) ratio = center + sigma * normal(engine);
  return ratios;
}

// Skewed, as bursts that hit one arm make it: exponential, shifted so that the true median is `center`.
inline std::vector<double> skewed_pairs(std::mt19937_64& engine, std::size_t pairs, double center, double scale) {
  std::vector<double> ratios(pairs);
  for (double& ratio : ratios) ratio = center + scale * (-std::log(uniform(engine)) - std::numbers::ln2);
  return ratios;
}

}  // namespace assay::stats
