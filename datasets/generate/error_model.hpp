// The error model: what can happen to a record on its way into the right register, and how often.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "datasets/generate/profile.hpp"

namespace assay::datasets {

// In the order of application. The number is the bit in the truth table's error_kinds and never changes its meaning
// within a generator version.
enum class DamageKind : std::uint32_t {
  kLastChanged,
  kNickname,
  kFirstPhonetic,
  kLastPhonetic,
  kAccentsDropped,
  kPunctuation,
  kFirstSubstitute,
  kFirstDelete,
  kFirstInsert,
  kFirstTranspose,
  kLastSubstitute,
  kLastDelete,
  kLastInsert,
  kLastTranspose,
  kFirstTruncated,
  kLastTruncated,
  kMiddleInitial,
  kMiddleMissing,
  kPartsSwapped,
  kBirthdateDigit,
  kBirthdateSwapped,
  kBirthdateMissing,
  kUpperCased,
  kDecomposed,
  kFirstMissing,
  kLastMissing,
  kHouseholdMoved,
  kHouseholdMissing,
  kSpacing
};
inline constexpr std::size_t kDamageKinds = 29;

struct DamageRule {
  DamageKind kind;
  std::string_view name;  // key in the manifest
  std::string_view what;
  std::array<std::uint32_t, 4> per_65536;  // of the records it can happen to; clean, dirty, unicode, households
};

// "Can happen to": a nickname needs a name that has one, a dropped accent needs an accent. Kinds are independent.
inline constexpr std::array<DamageRule, kDamageKinds> kErrorModel{{
    {DamageKind::kLastChanged, "last_changed", "another last name, as after a marriage", {0, 1311, 1311, 1966}},
    {DamageKind::kNickname, "nickname", "a nickname for the first name", {0, 5243, 1311, 2621}},
    {DamageKind::kFirstPhonetic, "first_phonetic", "first name spelled as it sounds", {0, 983, 655, 328}},
    {DamageKind::kLastPhonetic, "last_phonetic", "last name spelled as it sounds", {0, 1311, 655, 328}},
    {DamageKind::kAccentsDropped, "accents_dropped", "all names without accents", {0, 19661, 22938, 6554}},
    {DamageKind::kPunctuation,
     "punctuation",
     "a hyphen, space, apostrophe or full stop changed or lost",
     {0, 16384, 13107, 6554}},
    {DamageKind::kFirstSubstitute, "first_substitute", "a wrong letter in the first name", {0, 1049, 983, 197}},
    {DamageKind::kFirstDelete, "first_delete", "a letter lost", {0, 917, 852, 197}},
    {DamageKind::kFirstInsert, "first_insert", "a letter too many, never in front", {0, 852, 786, 197}},
    {DamageKind::kFirstTranspose, "first_transpose", "two neighbouring letters swapped", {0, 852, 786, 197}},
    {DamageKind::kLastSubstitute, "last_substitute", "a wrong letter in the last name", {0, 1376, 1180, 262}},
    {DamageKind::kLastDelete, "last_delete", "a letter lost", {0, 1245, 1049, 262}},
    {DamageKind::kLastInsert, "last_insert", "a letter too many, never in front", {0, 1180, 983, 262}},
    {DamageKind::kLastTranspose, "last_transpose", "two neighbouring letters swapped", {0, 1180, 983, 262}},
    {DamageKind::kFirstTruncated,
     "first_truncated",
     "first name of five or more letters cut to three or more",
     {0, 524, 328, 131}},
    {DamageKind::kLastTruncated,
     "last_truncated",
     "last name of seven or more letters cut to five or more",
     {0, 328, 328, 131}},
    {DamageKind::kMiddleInitial, "middle_initial", "full middle name reduced to its initial", {0, 13107, 6554, 6554}},
    {DamageKind::kMiddleMissing, "middle_missing", "middle name lost", {0, 6554, 6554, 6554}},
    {DamageKind::kPartsSwapped, "parts_swapped", "first and last name swapped", {0, 655, 1966, 328}},
    {DamageKind::kBirthdateDigit,
     "birthdate_digit",
     "one digit of the birthdate wrong, still a valid date",
     {0, 983, 983, 655}},
    {DamageKind::kBirthdateSwapped, "birthdate_swapped", "day and month swapped", {0, 655, 655, 328}},
    {DamageKind::kBirthdateMissing, "birthdate_missing", "birthdate lost", {0, 328, 328, 197}},
    {DamageKind::kUpperCased, "upper_cased", "all names in capitals", {0, 655, 1311, 328}},
    {DamageKind::kDecomposed, "decomposed", "letters and accents apart (Unicode NFD)", {0, 1311, 9830, 1311}},
    {DamageKind::kFirstMissing, "first_missing", "first name lost", {0, 131, 131, 66}},
    {DamageKind::kLastMissing, "last_missing", "last name lost", {0, 131, 131, 66}},
    {DamageKind::kHouseholdMoved, "household_moved", "lives at another address", {0, 1966, 1966, 5243}},
    {DamageKind::kHouseholdMissing, "household_missing", "address lost", {0, 1311, 1311, 655}},
    {DamageKind::kSpacing, "spacing", "a space in front of or behind a name", {0, 655, 655, 328}},
}};

[[nodiscard]] constexpr std::uint32_t damage_rate(DamageKind kind, Profile profile) {
  return kErrorModel[static_cast<std::size_t>(kind)].per_65536[static_cast<std::size_t>(profile)];
}
[[nodiscard]] constexpr std::uint32_t damage_bit(DamageKind kind) {
  return 1U << static_cast<std::uint32_t>(kind);
}

// How often a kind could have happened and did, over the records that have a partner.
struct DamageCounts {
  std::array<std::uint64_t, kDamageKinds> eligible{};
  std::array<std::uint64_t, kDamageKinds> applied{};

  DamageCounts& operator+=(const DamageCounts& other);
};

// True if applied out of eligible lies within five standard deviations of the binomial with this rate (and is exact for
// the rates 0 and 1): a right generator fails it once in 1.7 million.
[[nodiscard]] bool within_five_sigma(std::uint64_t eligible, std::uint64_t applied, std::uint32_t per_65536);

}  // namespace assay::datasets
