// What the algorithms ask of two birthdates. Dates are days since 1970-01-01, Gregorian, years -32767 to 32767.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace matcher::reference {

enum class BirthdateTest {
  kEqual,
  kSwap,  // equal, or equal once day and month of one are exchanged
  kAny,   // no test, absent dates included
};

[[nodiscard]] std::chrono::year_month_day calendar_date(std::int32_t days);

// Day and month exchanged; nullopt if that is no date (1999-01-13).
[[nodiscard]] std::optional<std::int32_t> swapped_date(std::int32_t days);

[[nodiscard]] bool is_same_or_swapped(std::int32_t left, std::int32_t right);

[[nodiscard]] bool years_differ_by_at_most_one(std::int32_t left, std::int32_t right);

// How near two dates of A7-TIERS are, in percent. REQUIRES: years_differ_by_at_most_one(left, right).
[[nodiscard]] double tier_percent(std::int32_t left, std::int32_t right);

}  // namespace matcher::reference
