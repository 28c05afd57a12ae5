#include "harness/stats/warm_up.hpp"

#include <cmath>
#include <optional>

#include "harness/stats/quantile.hpp"

namespace assay::stats {
namespace {

constexpr std::size_t kShortestThird = 3;

bool is_flat(std::span<const double> times) {
  const std::size_t third = times.size() / 3;
  const std::optional<double> middle = median(times.subspan(third, third));
  const std::optional<double> last = median(times.subspan(2 * third, third));
  return middle && last && std::abs(*last - *middle) <= kFlatWithin * *middle;
}

}  // namespace

WarmUp judge_warm_up(std::span<const double> times) {
  for (std::size_t third = kShortestThird; 3 * third <= kMostWarmUpSamples; ++third) {
    if (times.size() < 3 * third) return {};
    if (is_flat(times.first(3 * third))) return {WarmUpState::kSteady, third};
  }
  return {WarmUpState::kNoSteadyState, 0};
}

std::string_view to_string(WarmUpState state) {
  switch (state) {
    case WarmUpState::kWarming:
      return "warming";
    case WarmUpState::kSteady:
      return "steady";
    case WarmUpState::kNoSteadyState:
      break;
  }
  return "no_steady_state";
}

}  // namespace assay::stats
