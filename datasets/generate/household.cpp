#include "datasets/generate/household.hpp"

#include <algorithm>
#include <array>

#include "datasets/generate/syllables.hpp"

namespace assay::datasets {
namespace {

constexpr std::uint32_t kBlockRows = 64;

// Households per 1000 by size 1, 2, ...; means of 2.5 (US census 2020) and 4.4 (Philippine census 2015).
constexpr std::array<std::uint32_t, 7> kSizesUs{280, 345, 150, 128, 60, 24, 13};
constexpr std::array<std::uint32_t, 9> kSizesLarge{70, 110, 160, 205, 180, 120, 75, 45, 35};

template <std::size_t Size>
std::uint32_t draw_step(const std::array<std::uint32_t, Size>& per_1000, Draws& draws) {
  std::uint32_t at = draws.below(1000);
  std::uint32_t step = 0;
  while (step + 1 < Size && at >= per_1000[step]) at -= per_1000[step++];
  return step;
}

// Persons per 1000 by five years of age: heads of households from 20, anybody from 0 (shaped like the US of 2020).
constexpr std::array<std::uint32_t, 16> kAdultAges{45, 75, 90, 90, 86, 84, 88, 92, 92, 82, 68, 48, 32, 18, 8, 2};
constexpr std::array<std::uint32_t, 20> kAllAges{58, 61, 64, 66, 66, 68, 69, 67, 62, 61,
                                                 62, 65, 63, 54, 43, 30, 20, 13, 6,  2};
constexpr std::uint32_t kFiveYears = 1826;

}  // namespace

HouseholdRows household_of(std::uint64_t row, std::uint64_t seed, Profile profile) {
  const std::uint64_t block = row / kBlockRows;
  Draws draws(seed, Stream::kHouseholdSizes, block);
  const auto offset = static_cast<std::uint32_t>(row % kBlockRows);
  std::uint32_t begin = 0;
  for (;;) {
    const std::uint32_t drawn =
        1 + (profile == Profile::kHouseholds ? draw_step(kSizesLarge, draws) : draw_step(kSizesUs, draws));
    const std::uint32_t size = std::min(drawn, kBlockRows - begin);
    if (offset < begin + size) return {block * kBlockRows + begin, size};
    begin += size;
  }
}

std::uint32_t draw_adult_age(Draws& draws) {
  const std::uint32_t five_years = 4 + draw_step(kAdultAges, draws);
  return five_years * kFiveYears + draws.below(kFiveYears);
}

std::uint32_t draw_any_age(Draws& draws) {
  const std::uint32_t five_years = draw_step(kAllAges, draws);
  return five_years * kFiveYears + draws.below(kFiveYears);
}

void draw_surname(const NameTables& names, Origin origin, Draws& draws, std::string* surname) {
  surname->clear();
  const std::uint32_t kind = draws.below(1000);
  const bool us = origin == Origin::kUs;
  const NameList& own = us ? names.us_surnames : names.surnames[static_cast<std::size_t>(origin)];
  const std::uint32_t rare_share = us ? 410 : is_latin(origin) ? 150 : 0;
  if (kind < rare_share) {
    append_rare_surname(draw_rare_rank(kRareSurnameLowBits, kRareSurnameHighBits, draws), surname);
    return;
  }
  surname->append(own.draw(draws));
  const bool two_surnames = origin == Origin::kSpanish || origin == Origin::kPortuguese;
  const std::uint32_t double_share = two_surnames ? 200 : is_latin(origin) ? 15 : 0;
  if (kind < 1000 - double_share) return;
  surname->append(two_surnames ? " " : "-").append(own.draw(draws));
  if (!two_surnames || kind < 995) return;
  // Four surnames in a row make names of more than 64 bytes, where fixed-size buffers show.
  surname->append(" de ").append(own.draw(draws)).append(" y ").append(own.draw(draws));
}

void draw_household(const NameTables& names, Draws draws, Household* household) {
  household->origin = static_cast<Origin>(names.origins.draw(draws));
  household->head_gender = (draws.next() & 1) != 0 ? Gender::kFemale : Gender::kMale;
  household->head_age_days = draw_adult_age(draws);
  draw_surname(names, household->origin, draws, &household->surname);
}

}  // namespace assay::datasets
