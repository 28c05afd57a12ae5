#include "datasets/generate/damage_birthdate.hpp"

#include <array>
#include <chrono>

namespace assay::datasets {
namespace {

using std::chrono::year_month_day;

year_month_day date_of(std::int32_t day) {
  return year_month_day{std::chrono::sys_days(std::chrono::days(day))};
}
std::int32_t day_of(year_month_day date) {
  return static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count());
}

year_month_day make_date(int year, unsigned month, unsigned day) {
  return {std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
}

// The date with its digit number place (0 to 5: tens and ones of year, month, day) replaced.
year_month_day with_digit(year_month_day date, std::uint32_t place, std::uint32_t digit) {
  std::array<std::uint32_t, 3> numbers{static_cast<std::uint32_t>(static_cast<int>(date.year()) % 100),
                                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())};
  std::uint32_t& number = numbers[place / 2];
  number = place % 2 == 0 ? digit * 10 + number % 10 : number / 10 * 10 + digit;
  return make_date(static_cast<int>(date.year()) / 100 * 100 + static_cast<int>(numbers[0]), numbers[1], numbers[2]);
}

}  // namespace

bool change_birthdate_digit(std::optional<std::int32_t>* birthdate, Draws* draws) {
  if (!*birthdate) return false;
  if (draws == nullptr) return true;
  const year_month_day date = date_of(**birthdate);
  for (;;) {  // the last digit of the year alone gives at least four right choices of 60
    const std::uint32_t place = draws->below(6);
    const year_month_day changed = with_digit(date, place, draws->below(10));
    if (!changed.ok() || changed == date || changed.year() > std::chrono::year(2024)) continue;
    *birthdate = day_of(changed);
    return true;
  }
}

bool swap_day_and_month(std::optional<std::int32_t>* birthdate, const Draws* draws) {
  if (!*birthdate) return false;
  const year_month_day date = date_of(**birthdate);
  const auto month = static_cast<unsigned>(date.month());
  const auto day = static_cast<unsigned>(date.day());
  if (day > 12 || day == month) return false;
  if (draws != nullptr) *birthdate = day_of(make_date(static_cast<int>(date.year()), day, month));
  return true;
}

}  // namespace assay::datasets
