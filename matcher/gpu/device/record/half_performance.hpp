// How large a piece of work must be for a flow to be half as fast as it gets: Hockney's half-performance size n_1/2.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace matcher::gpu {

struct SizedRate {
  std::uint64_t items = 0;  // of one piece of work
  double per_second = 0;    // items
};

// At most one of them is set; none: fewer than kFewestSizes sizes were measured.
struct HalfPerformance {
  std::optional<double> items;
  std::optional<std::uint64_t> at_most;  // the smallest size measured, whose rate is already above half of the best

  friend bool operator==(const HalfPerformance&, const HalfPerformance&) = default;
};

inline constexpr std::size_t kFewestSizes = 3;

// The smallest size at which the rate is half of the best measured one. Between two neighbouring sizes the rate is
// taken as linear in the logarithm of the size. REQUIRES: sizes differ and are above 0, rates are above 0; any order.
// Source: R. W. Hockney, C. R. Jesshope, Parallel Computers 2, 1988, section 1.3.
[[nodiscard]] HalfPerformance half_performance(std::vector<SizedRate> measured);

// Puts {NAME, NAME_at_most} into the object; null for what is not set.
void put_half_performance(nlohmann::json& object, std::string_view name, const HalfPerformance& half);

}  // namespace matcher::gpu
