#include "harness/plan/next_cell.hpp"

#include <cmath>
#include <limits>
#include <tuple>

namespace assay::plan {
namespace {

constexpr double kQuantiles = 2.576 + 0.842;       // of 99.5 % and of 80 %
constexpr double kMedianDeviation = 1.2533141373;  // sqrt(pi / 2): of a median of normal values, in sigma / sqrt(n)
constexpr std::size_t kFewestPairs = 8;            // without which there is no bound

}  // namespace

double seconds_to_verdict(const OpenCell& cell) {
  const double distance = std::abs(cell.median - cell.threshold);
  const double root =
      distance > 0 ? kQuantiles * kMedianDeviation * cell.sigma / distance : std::numeric_limits<double>::infinity();
  const double needed = std::max(root * root, static_cast<double>(kFewestPairs));
  if (needed > static_cast<double>(cell.most)) return std::numeric_limits<double>::infinity();
  return std::max(needed - static_cast<double>(cell.pairs), 1.0) * cell.pair_seconds;
}

std::optional<std::size_t> next_cell(std::span<const OpenCell> cells) {
  std::optional<std::size_t> best;
  std::tuple<double, std::size_t> least;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].pairs >= cells[i].most) continue;
    const std::tuple cost(seconds_to_verdict(cells[i]), cells[i].pairs);
    if (best && !(cost < least)) continue;
    best = i;
    least = cost;
  }
  return best;
}

}  // namespace assay::plan
