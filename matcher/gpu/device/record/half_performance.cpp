#include "matcher/gpu/device/record/half_performance.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace matcher::gpu {

HalfPerformance half_performance(std::vector<SizedRate> measured) {
  if (measured.size() < kFewestSizes) return {};
  const auto smaller = [](const SizedRate& left, const SizedRate& right) { return left.items < right.items; };
  std::sort(measured.begin(), measured.end(), smaller);
  const auto slower = [](const SizedRate& left, const SizedRate& right) { return left.per_second < right.per_second; };
  const double half = std::max_element(measured.begin(), measured.end(), slower)->per_second / 2;
  const auto reached = std::find_if(measured.begin(), measured.end(),
                                    [half](const SizedRate& point) { return point.per_second >= half; });
  if (reached == measured.begin()) {
    if (reached->per_second > half) return {std::nullopt, reached->items};
    return {static_cast<double>(reached->items), std::nullopt};
  }
  const SizedRate& below = *(reached - 1);
  const double share = (half - below.per_second) / (reached->per_second - below.per_second);
  const double low = std::log2(static_cast<double>(below.items));
  const double high = std::log2(static_cast<double>(reached->items));
  return {std::exp2(low + share * (high - low)), std::nullopt};
}

void put_half_performance(nlohmann::json& object, std::string_view name, const HalfPerformance& half) {
  object[std::string(name)] = half.items ? nlohmann::json(*half.items) : nlohmann::json();
  object[std::string(name) + "_at_most"] = half.at_most ? nlohmann::json(*half.at_most) : nlohmann::json();
}

}  // namespace matcher::gpu
