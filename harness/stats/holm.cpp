#include "harness/stats/holm.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "harness/stats/sign_interval.hpp"

namespace assay::stats {
namespace {

// Positions of the values, smallest first.
std::vector<std::size_t> ascending(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  return order;
}

}  // namespace

double slower_p_value(std::span<const double> log_ratios, double margin) {
  const double threshold = std::log1p(margin);
  const auto others = static_cast<std::size_t>(
      std::count_if(log_ratios.begin(), log_ratios.end(), [&](double ratio) { return !(ratio > threshold); }));
  return static_cast<double>(binomial_half_cdf(log_ratios.size(), others));
}

std::vector<double> holm(std::span<const double> p_values) {
  const std::vector<std::size_t> order = ascending(p_values);
  std::vector<double> adjusted(p_values.size());
  double greatest = 0.0;  // step-down: no cell is easier than the one before it
  for (std::size_t i = 0; i < order.size(); ++i) {
    const double value = p_values[order[i]] * static_cast<double>(order.size() - i);
    greatest = std::max(greatest, std::min(value, 1.0));
    adjusted[order[i]] = greatest;
  }
  return adjusted;
}

std::vector<double> benjamini_hochberg(std::span<const double> p_values) {
  const std::vector<std::size_t> order = ascending(p_values);
  std::vector<double> adjusted(p_values.size());
  double smallest = 1.0;  // step-up: no cell is harder than the one after it
  for (std::size_t i = order.size(); i > 0; --i) {
    const double value = p_values[order[i - 1]] * static_cast<double>(order.size()) / static_cast<double>(i);
    smallest = std::min(smallest, value);
    adjusted[order[i - 1]] = smallest;
  }
  return adjusted;
}

}  // namespace assay::stats
