// Households: which rows belong together, and what their members share.
#pragma once

#include <cstdint>
#include <string>

#include "datasets/generate/name_tables.hpp"
#include "datasets/generate/profile.hpp"

namespace assay::datasets {

// Rows first_row .. first_row + size - 1 of the register; the last household of the table may be cut short.
struct HouseholdRows {
  std::uint64_t first_row = 0;
  std::uint32_t size = 1;
};

// The household of any row, without looking at the rows before: each block of 64 rows is divided on its own.
[[nodiscard]] HouseholdRows household_of(std::uint64_t row, std::uint64_t seed, Profile profile);

struct Household {
  Origin origin = Origin::kUs;
  std::string surname;
  Gender head_gender = Gender::kMale;
  std::uint32_t head_age_days = 0;
};

// Fills *household from the draws of one stream (kHousehold or kFreshHousehold).
void draw_household(const NameTables& names, Draws draws, Household* household);

// A surname of that origin: census, rare, of another language, doubled or hyphenated.
void draw_surname(const NameTables& names, Origin origin, Draws& draws, std::string* surname);

// Age in days on the reference date, of a person who heads a household and of anybody.
[[nodiscard]] std::uint32_t draw_adult_age(Draws& draws);
[[nodiscard]] std::uint32_t draw_any_age(Draws& draws);

}  // namespace assay::datasets
