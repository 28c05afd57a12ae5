// Algorithms A5 and A6: from matched persons to matched households.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/engine/match.hpp"
#include "matcher/model/persons_view.hpp"

namespace matcher {

// Whose persons are counted, and whose household is the denominator.
enum class HouseholdSide : std::uint8_t { kLeft, kRight };

struct HouseholdMatch {
  std::string uuid;   // left household
  std::string hh_id;  // right household: hh_id, or the id (decimal, or the text id) where that is null
  float percent = 0.0F;

  friend bool operator==(const HouseholdMatch&, const HouseholdMatch&) = default;
};

// Households of which more than half the persons are matched, by (uuid, hh_id) in byte order; docs/algorithms.md,
// "Households". matches: of A4, in the order of sorted_matches; those for review do not count. kLeft is A5, kRight A6.
// O(rows + matches) expected.
[[nodiscard]] std::vector<HouseholdMatch> roll_up_households(std::span<const Match> matches, const PersonsView& left,
                                                             const PersonsView& right, HouseholdSide side);

}  // namespace matcher
