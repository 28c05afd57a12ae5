// The columns that an algorithm cannot do without, beside id, names and birthdate.
#pragma once

#include <optional>
#include <string_view>

#include "matcher/model/algorithm.hpp"
#include "matcher/model/persons_view.hpp"

namespace matcher {

// The name of the first of them that one of the tables lacks. A2, A3 and MAX3 read the middle name where there is one.
[[nodiscard]] constexpr std::optional<std::string_view> missing_column(Algorithm algorithm, const PersonsView& left,
                                                                       const PersonsView& right) {
  const auto lacks = [&](const TextColumn PersonsView::*column) {
    return (left.*column).is_absent() || (right.*column).is_absent();
  };
  const int level = level_of(algorithm).value_or(0);
  const bool needs_middle = level == 10 || (level >= 1 && level <= 9 && level % 3 != 0);
  if (needs_middle && lacks(&PersonsView::middle_name)) return "middle_name";
  if (level >= 4 && level <= 6 && lacks(&PersonsView::barangay_code)) return "barangay_code";
  if (level >= 7 && level <= 9 && lacks(&PersonsView::city_code)) return "city_code";
  return std::nullopt;
}

}  // namespace matcher
