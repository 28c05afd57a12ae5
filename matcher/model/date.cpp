// Calendar dates: ISO text to days and back.
#include "matcher/model/date.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace matcher {
namespace {

// REQUIRES: text is not empty and short enough not to overflow. A non-digit is nullopt.
std::optional<unsigned> parse_digits(std::string_view text) {
  unsigned value = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(digit - '0');
  }
  return value;
}

std::optional<std::int32_t> days_of(unsigned year, unsigned month, unsigned day) {
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  return static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count());
}

}  // namespace

std::optional<std::int32_t> parse_iso_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = parse_digits(text.substr(0, 4));
  const auto month = parse_digits(text.substr(5, 2));
  const auto day = parse_digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return days_of(*year, *month, *day);
}

std::optional<DateFormat> DateFormat::of(std::string_view pattern) {
  const auto count = [&](char letter) { return std::count(pattern.begin(), pattern.end(), letter); };
  if (count('y') != 4 || count('m') != 2 || count('d') != 2) return std::nullopt;
  DateFormat format;
  format.pattern_ = pattern;
  format.is_iso_ = pattern == "yyyy-mm-dd";
  return format;
}

std::optional<std::int32_t> DateFormat::parse(std::string_view text) const {
  if (is_iso_) return parse_iso_date(text);
  if (text.size() != pattern_.size()) return std::nullopt;
  unsigned year = 0;
  unsigned month = 0;
  unsigned day = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char letter = pattern_[i];
    if (letter != 'y' && letter != 'm' && letter != 'd') {
      if (text[i] != letter) return std::nullopt;
      continue;
    }
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    unsigned& value = letter == 'y' ? year : letter == 'm' ? month : day;
    value = value * 10 + static_cast<unsigned>(text[i] - '0');
  }
  return days_of(year, month, day);
}

std::string format_iso_date(std::int32_t days) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

CalendarDate calendar_date(std::int32_t days) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  return {static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())};
}

std::optional<std::int32_t> swap_day_and_month(std::int32_t days) {
  const CalendarDate date = calendar_date(days);
  const std::chrono::year_month_day swapped{std::chrono::year(date.year), std::chrono::month(date.day),
                                            std::chrono::day(date.month)};
  if (!swapped.ok()) return std::nullopt;
  return static_cast<std::int32_t>(std::chrono::sys_days(swapped).time_since_epoch().count());
}

}  // namespace matcher
