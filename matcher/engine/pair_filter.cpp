// Which runs can be filtered, and how coarsely.
#include "matcher/engine/pair_filter.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace matcher {

std::optional<std::string> why_not_filtered(const MatchOptions& options) {
  if (options.algorithm != Algorithm::kA3 && options.algorithm != Algorithm::kA4) {
    return fmt::format("{} has no GPU version, A3 and A4 have", algorithm_name(options.algorithm));
  }
  if (!options.blocking_keys.empty()) return "the GPU version knows birthdates only and no blocking keys";
  return std::nullopt;
}

double least_name_percent(const MatchPlan& plan) {
  constexpr double kLeastAgreement = 85.0;
  // Scores pass by comparison of 32-bit floats; this is far beyond their rounding.
  constexpr double kSlackPercent = 0.001;
  return std::max(kLeastAgreement, (3.0 * (plan.least_percent - kSlackPercent) - 100.0) / 2.0);
}

}  // namespace matcher
