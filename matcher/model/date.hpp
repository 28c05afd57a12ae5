// Calendar dates as days since 1970-01-01 (Arrow date32) and as ISO text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace matcher {

// Reads exactly yyyy-mm-dd (years 0000 to 9999, proleptic Gregorian). Anything else, 2023-02-29 and 1999-1-2 included,
// is nullopt.
[[nodiscard]] std::optional<std::int32_t> parse_iso_date(std::string_view text);

// How dates are written: 'y', 'm', 'd' stand for digits, everything else for itself: "dd.mm.yyyy", "yyyymmdd".
class DateFormat {
 public:
  DateFormat() = default;  // yyyy-mm-dd
  // Nothing unless there are four y, two m and two d.
  [[nodiscard]] static std::optional<DateFormat> of(std::string_view pattern);

  // As parse_iso_date, in this format: every digit must be there.
  [[nodiscard]] std::optional<std::int32_t> parse(std::string_view text) const;
  [[nodiscard]] const std::string& pattern() const { return pattern_; }

 private:
  std::string pattern_ = "yyyy-mm-dd";
  bool is_iso_ = true;
};

// REQUIRES: days lies in the years 0000 to 9999.
[[nodiscard]] std::string format_iso_date(std::int32_t days);

// A calendar date taken apart.
struct CalendarDate {
  int year = 0;
  unsigned month = 0;  // 1 to 12
  unsigned day = 0;    // 1 to 31
};

// O(1), for any 32-bit number of days.
[[nodiscard]] CalendarDate calendar_date(std::int32_t days);

// The date with day and month exchanged; nothing if there is no such date.
[[nodiscard]] std::optional<std::int32_t> swap_day_and_month(std::int32_t days);

}  // namespace matcher
