// Birthdates, by the calendar of the standard library.
#include "matcher/reference/dates.hpp"

#include <cstdlib>

namespace matcher::reference {

std::chrono::year_month_day calendar_date(std::int32_t days) {
  return std::chrono::sys_days(std::chrono::days(days));
}

std::optional<std::int32_t> swapped_date(std::int32_t days) {
  const std::chrono::year_month_day date = calendar_date(days);
  const std::chrono::month month(static_cast<unsigned>(date.day()));
  const std::chrono::day day(static_cast<unsigned>(date.month()));
  const std::chrono::year_month_day swapped(date.year(), month, day);
  if (!swapped.ok()) return std::nullopt;
  return static_cast<std::int32_t>(std::chrono::sys_days(swapped).time_since_epoch().count());
}

bool is_same_or_swapped(std::int32_t left, std::int32_t right) {
  return left == right || swapped_date(left) == right;
}

bool years_differ_by_at_most_one(std::int32_t left, std::int32_t right) {
  const int left_year = static_cast<int>(calendar_date(left).year());
  const int right_year = static_cast<int>(calendar_date(right).year());
  return std::abs(left_year - right_year) <= 1;
}

double tier_percent(std::int32_t left, std::int32_t right) {
  const std::chrono::year_month_day a = calendar_date(left);
  const std::chrono::year_month_day b = calendar_date(right);
  if (left == right) return 100.0;
  if (std::abs(left - right) == 1) return 90.0;
  if (swapped_date(left) == right) return 85.0;
  if (a.year() == b.year() && a.month() == b.month()) return 70.0;
  if (a.year() == b.year()) return 50.0;
  return 40.0;
}

}  // namespace matcher::reference
