#include "datasets/generate/error_model.hpp"

#include <cmath>

namespace assay::datasets {

DamageCounts& DamageCounts::operator+=(const DamageCounts& other) {
  for (std::size_t kind = 0; kind < kDamageKinds; ++kind) {
    eligible[kind] += other.eligible[kind];
    applied[kind] += other.applied[kind];
  }
  return *this;
}

bool within_five_sigma(std::uint64_t eligible, std::uint64_t applied, std::uint32_t per_65536) {
  const double rate = per_65536 / 65536.0;
  const auto trials = static_cast<double>(eligible);
  const double sigma = std::sqrt(trials * rate * (1 - rate));
  // Below a few expected events the binomial is skewed; one more event covers that tail.
  const double slack = per_65536 == 0 || per_65536 == 65536 ? 0 : 1;
  return std::abs(static_cast<double>(applied) - trials * rate) <= 5 * sigma + slack;
}

}  // namespace assay::datasets
