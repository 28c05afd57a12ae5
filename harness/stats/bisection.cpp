#include "harness/stats/bisection.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "harness/stats/sign_interval.hpp"

namespace assay::stats {
namespace {

// A suspect of this probability is as good as cleared; asking about it again would learn nothing.
constexpr double kCleared = 1e-9;

// Ends of the groups of suspects that no askable position tells apart: {0, a, b, n}: suspects 1 to a, a + 1 to b, ...
std::vector<std::size_t> group_ends(std::size_t suspects, const std::vector<bool>& askable) {
  std::vector<std::size_t> ends{0};
  for (std::size_t position = 1; position < suspects; ++position) {
    if (askable[position]) ends.push_back(position);
  }
  ends.push_back(suspects);
  return ends;
}

}  // namespace

std::vector<double> suspect_probabilities(std::size_t suspects, std::span<const BisectionAnswer> answers) {
  std::vector<double> probabilities(suspects, 1.0 / static_cast<double>(suspects));
  for (const BisectionAnswer& answer : answers) {
    double sum = 0;
    for (std::size_t i = 0; i < suspects; ++i) {
      const bool would_be_bad = i + 1 <= answer.position;
      probabilities[i] *= would_be_bad == answer.bad ? 1 - answer.error : answer.error;
      sum += probabilities[i];
    }
    for (double& probability : probabilities) probability /= sum;
  }
  return probabilities;
}

SuspectRange likely_range(std::span<const double> probabilities, const std::vector<bool>& askable, double confidence) {
  const std::vector<std::size_t> ends = group_ends(probabilities.size(), askable);
  std::vector<double> before{0};  // before[k]: probability of suspects 1 to k
  for (const double probability : probabilities) before.push_back(before.back() + probability);
  SuspectRange best{1, probabilities.size(), std::min(1.0, before.back())};
  for (std::size_t from = 0, to = 1; to < ends.size(); ++to) {
    while (from + 1 < to && before[ends[to]] - before[ends[from + 1]] >= confidence) ++from;
    const SuspectRange range{ends[from] + 1, ends[to], std::min(1.0, before[ends[to]] - before[ends[from]])};
    if (range.probability < confidence) continue;
    const std::size_t length = range.last - range.first;
    const std::size_t shortest = best.last - best.first;
    if (length < shortest || (length == shortest && range.probability > best.probability)) best = range;
  }
  return best;
}

std::optional<std::size_t> next_position(std::span<const double> probabilities, const std::vector<bool>& askable) {
  std::optional<std::size_t> best;
  double nearest = 0.5 - kCleared;
  double before = 0;
  for (std::size_t position = 1; position < probabilities.size(); ++position) {
    before += probabilities[position - 1];
    if (!askable[position] || std::abs(before - 0.5) >= nearest) continue;
    nearest = std::abs(before - 0.5);
    best = position;
  }
  return best;
}

double error_per_answer(std::size_t suspects, double total) {
  const double answers = std::max(1.0, std::ceil(std::log2(static_cast<double>(suspects))));
  return total / std::max(2 * answers, static_cast<double>(suspects));
}

Side side_of(std::span<const double> log_ratios, double threshold, double error) {
  const auto low = median_lower_bound(log_ratios, 1 - error);
  if (low && low->value > threshold) return Side::kAbove;
  const auto high = median_upper_bound(log_ratios, 1 - error);
  if (high && high->value < threshold) return Side::kBelow;
  return Side::kUndecided;
}

double error_of_look(double error, std::size_t look) {
  return std::ldexp(error, -static_cast<int>(look));
}

}  // namespace assay::stats
