#include "harness/stats/energy_split.hpp"

#include <cmath>
#include <numeric>
#include <random>
#include <utility>
#include <vector>

namespace assay::stats {
namespace {

// |x - y| of every two points, row by row.
std::vector<double> distances_between(std::span<const double> values) {
  const std::size_t n = values.size();
  std::vector<double> distances(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) distances[i * n + j] = std::abs(values[i] - values[j]);
  }
  return distances;
}

double pairs_of(std::size_t n) {
  return static_cast<double>(n) * static_cast<double>(n - 1) / 2;
}

// The points pass from the right side to the left one by one; the three sums of distances are carried along.
EnergySplit scan(const std::vector<double>& distances, const std::vector<std::size_t>& order, std::size_t fewest) {
  const std::size_t n = order.size();
  double left = 0;
  double right = 0;
  double between = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) right += distances[order[i] * n + order[j]];
  }
  EnergySplit best;
  for (std::size_t split = 1; split + fewest <= n; ++split) {
    const double* const row = &distances[order[split - 1] * n];
    double to_left = 0;
    double to_right = 0;
    for (std::size_t i = 0; i + 1 < split; ++i) to_left += row[order[i]];
    for (std::size_t i = split; i < n; ++i) to_right += row[order[i]];
    left += to_left;
    right -= to_right;
    between += to_right - to_left;
    if (split < fewest) continue;
    const auto l = static_cast<double>(split);
    const auto r = static_cast<double>(n - split);
    const double energy = 2 * between / (l * r) - left / pairs_of(split) - right / pairs_of(n - split);
    const double distance = l * r / (l + r) * energy;
    if (distance > best.distance) best = {split, distance};
  }
  return best;
}

// Uniform in [0, bound) up to 2^-32; the standard distributions differ between libraries, the engine does not.
std::size_t draw_below(std::mt19937_64& engine, std::size_t bound) {
  return static_cast<std::size_t>(((engine() >> 32) * static_cast<std::uint64_t>(bound)) >> 32);
}

void shuffle(std::vector<std::size_t>& order, std::mt19937_64& engine) {
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[draw_below(engine, i)]);
}

std::vector<std::size_t> in_order(std::size_t n) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  return order;
}

}  // namespace

EnergySplit best_split(std::span<const double> values, std::size_t fewest) {
  if (values.size() < 2 * fewest) return {};
  return scan(distances_between(values), in_order(values.size()), fewest);
}

double split_p(std::span<const double> values, std::size_t fewest, double distance, std::size_t permutations,
               std::size_t limit, std::uint64_t seed) {
  const std::vector<double> distances = distances_between(values);
  std::vector<std::size_t> order = in_order(values.size());
  std::mt19937_64 engine(seed);
  const double reached = distance * (1 - 1e-9);  // the same order, summed in another sequence, is a tie
  std::size_t count = 0;
  for (std::size_t i = 1; i <= permutations; ++i) {
    shuffle(order, engine);
    if (scan(distances, order, fewest).distance >= reached) ++count;
    if (count > limit) return static_cast<double>(1 + count) / static_cast<double>(1 + i);
  }
  return static_cast<double>(1 + count) / static_cast<double>(1 + permutations);
}

}  // namespace assay::stats
