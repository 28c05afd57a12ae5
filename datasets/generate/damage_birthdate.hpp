// Errors in birthdates. Each function says whether the error can happen; with draws, it does and changes the date.
#pragma once

#include <cstdint>
#include <optional>

#include "datasets/generate/draws.hpp"

namespace assay::datasets {

// One of the last two digits of the year, or one of month or day, is wrong; the date stays valid and between 1900 and
// 2024.
[[nodiscard]] bool change_birthdate_digit(std::optional<std::int32_t>* birthdate, Draws* draws);

// Needs a day that can be a month and differs from it.
[[nodiscard]] bool swap_day_and_month(std::optional<std::int32_t>* birthdate, const Draws* draws);

}  // namespace assay::datasets
