#include "datasets/generate/people.hpp"

#include <chrono>

#include "datasets/generate/syllables.hpp"

namespace assay::datasets {
namespace {

constexpr std::int32_t kReferenceDate = 20089;  // 2025-01-01: nobody is born later
constexpr std::uint32_t kYear = 365;

// One in 100 people is registered with the first of January, as registers do when the day is not known.
std::int32_t birthdate_from_age(std::uint32_t age_days, Draws& draws) {
  const auto day = kReferenceDate - 1 - static_cast<std::int32_t>(age_days);
  if (draws.below(100) != 0) return day;
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  const std::chrono::sys_days first{date.year() / std::chrono::January / 1};
  return static_cast<std::int32_t>(first.time_since_epoch().count());
}

// Mothers and fathers are 18 to 42 years older than their children; who cannot be the child is some relative.
std::uint32_t child_age(std::uint32_t head_age_days, Draws& draws) {
  const std::uint32_t gap = 18 * kYear + draws.below(12 * kYear) + draws.below(12 * kYear);
  return head_age_days > gap ? head_age_days - gap : draw_any_age(draws);
}

std::uint32_t spouse_age(std::uint32_t head_age_days, Draws& draws) {
  const std::uint32_t shifted = head_age_days + draws.below(4 * kYear) + draws.below(4 * kYear);
  return shifted < 22 * kYear ? 18 * kYear : shifted - 4 * kYear;
}

}  // namespace

void People::draw_first_name(Origin origin, Gender gender, Draws& draws, std::string* name) const {
  name->clear();
  const std::uint32_t kind = draws.below(1000);
  if (is_latin(origin) && kind < 30) {
    append_rare_first_name(gender, draw_rare_rank(kRareFirstNameLowBits, kRareFirstNameHighBits, draws), name);
    return;
  }
  const bool english = is_latin(origin) && kind >= 750;  // immigrants' children take names of the country
  const auto& genders = names_.first_names[english ? 0 : static_cast<std::size_t>(origin)];
  name->append(genders[static_cast<std::size_t>(gender)].draw(draws));
  const bool iberian = origin == Origin::kSpanish || origin == Origin::kPortuguese || origin == Origin::kFilipino;
  if (iberian && kind < 150) name->append(" ").append(genders[static_cast<std::size_t>(gender)].draw(draws));
}

// Full for 45 %, an initial for 35 %, none for 20 %; Filipinos bear their mother's surname in full.
void People::draw_middle(Origin origin, Gender gender, Draws& draws, NamePart* middle) const {
  middle->clear();
  const std::uint32_t kind = draws.below(100);
  if (!is_latin(origin) || kind >= 80) return;
  middle->present = true;
  if (origin == Origin::kFilipino) {
    middle->text = names_.surnames[static_cast<std::size_t>(origin)].draw(draws);
    return;
  }
  draw_first_name(origin, gender, draws, &middle->text);
  if (kind < 45) return;
  keep_initial(&middle->text);
  if (kind % 2 == 0) middle->text.push_back('.');
}

void People::draw_person(const Household& household, std::uint32_t member, Draws draws, Person* person) {
  const bool spouse = member == 1 && draws.below(100) < 70;
  Gender gender = household.head_gender;
  if (spouse && draws.below(100) >= 3) gender = gender == Gender::kMale ? Gender::kFemale : Gender::kMale;
  if (member > 0 && !spouse) gender = (draws.next() & 1) != 0 ? Gender::kFemale : Gender::kMale;

  std::uint32_t age = household.head_age_days;
  if (spouse) age = spouse_age(household.head_age_days, draws);
  if (member > 0 && !spouse) age = child_age(household.head_age_days, draws);
  person->birthdate = birthdate_from_age(age, draws);

  draw_first_name(household.origin, gender, draws, &person->first.text);
  draw_middle(household.origin, gender, draws, &person->middle);
  const std::uint32_t own_name_share = member == 0 ? 0 : spouse ? 25 : 8;
  if (draws.below(100) < own_name_share) {
    draw_surname(names_, household.origin, draws, &person->last.text);
  } else {
    person->last.text = household.surname;
  }
  person->first.present = person->last.present = true;
}

// What the register itself does not know: 0.1 % of first and last names, 0.3 % of birthdates, 1 % of addresses.
void People::drop_missing(std::uint64_t row, Person* person) const {
  if (profile_ == Profile::kClean) return;
  Draws draws(seed_, Stream::kMissing, row);
  if (draws.chance(66)) person->first.clear();
  if (draws.chance(66)) person->last.clear();
  if (draws.chance(197)) person->birthdate.reset();
  if (draws.chance(655)) person->has_household = false;
}

void People::left(std::uint64_t row, Person* person) {
  const HouseholdRows rows = household_of(row, seed_, profile_);
  draw_household(names_, Draws(seed_, Stream::kHousehold, rows.first_row), &household_);
  draw_person(household_, static_cast<std::uint32_t>(row - rows.first_row), Draws(seed_, Stream::kPerson, row), person);
  person->household = rows.first_row;
  person->has_household = true;
  drop_missing(row, person);
}

std::optional<std::uint64_t> People::right(std::uint64_t slot, Person* person) {
  const HouseholdRows rows = household_of(slot, seed_, profile_);
  const bool household_known = Draws(seed_, Stream::kHouseholdOverlap, rows.first_row).chance(kHouseholdOverlap);
  std::optional<std::uint64_t> partner;
  Draws second_copy(seed_, Stream::kSecondCopy, slot);
  if (household_known && Draws(seed_, Stream::kMemberOverlap, slot).chance(kMemberOverlap)) {
    partner = slot;
  } else if (second_copy.chance(kSecondCopy)) {
    partner = second_copy.below_wide(rows_);
  }
  if (partner) {
    left(*partner, person);
  } else {
    const Stream stream = household_known ? Stream::kHousehold : Stream::kFreshHousehold;
    draw_household(names_, Draws(seed_, stream, rows.first_row), &household_);
    draw_person(household_, static_cast<std::uint32_t>(slot - rows.first_row), Draws(seed_, Stream::kFreshPerson, slot),
                person);
    drop_missing(rows_ + slot, person);
  }
  person->household = right_household_number(rows.first_row);
  person->has_household = true;
  return partner;
}

}  // namespace assay::datasets
