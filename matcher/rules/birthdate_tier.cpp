// Tiers of birthdates.
#include "matcher/rules/birthdate_tier.hpp"

#include "matcher/model/date.hpp"

namespace matcher {

std::optional<double> birthdate_tier(std::int32_t left_days, std::int32_t right_days) {
  if (left_days == right_days) return 100.0;
  const std::int64_t apart = std::int64_t{left_days} - right_days;
  if (apart == 1 || apart == -1) return 90.0;
  const CalendarDate left = calendar_date(left_days);
  const CalendarDate right = calendar_date(right_days);
  if (left.year == right.year) {
    if (left.month == right.day && left.day == right.month) return 85.0;
    return left.month == right.month ? 70.0 : 50.0;
  }
  const int years = left.year - right.year;
  return years == 1 || years == -1 ? std::optional(40.0) : std::nullopt;
}

bool same_date_or_swapped(std::int32_t left_days, std::int32_t right_days) {
  return left_days == right_days || swap_day_and_month(left_days) == right_days;
}

}  // namespace matcher
