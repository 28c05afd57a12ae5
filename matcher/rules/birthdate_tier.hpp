// How near two birthdates are, for A7-TIERS.
#pragma once

#include <cstdint>
#include <optional>

namespace matcher {

// Percent: equal 100; one day apart 90; same year, day and month exchanged 85; same year and month 70; same year 50;
// years differing by one 40; otherwise nothing. Days since 1970-01-01.
[[nodiscard]] std::optional<double> birthdate_tier(std::int32_t left_days, std::int32_t right_days);

// Equal, or equal after exchanging day and month of one of them.
[[nodiscard]] bool same_date_or_swapped(std::int32_t left_days, std::int32_t right_days);

}  // namespace matcher
