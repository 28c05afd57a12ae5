#include "datasets/generate/damage.hpp"

#include <algorithm>
#include <utility>

#include "datasets/generate/damage_birthdate.hpp"
#include "datasets/generate/damage_text.hpp"

namespace assay::datasets {
namespace {

bool is_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool clear(NamePart* part, const Draws* draws) {
  if (!part->present) return false;
  if (draws != nullptr) part->clear();
  return true;
}

bool reduce_to_initial(NamePart* middle, Draws* draws) {
  if (!middle->present) return false;
  std::string initial = middle->text;
  keep_initial(&initial);
  if (middle->text == initial || middle->text == initial + '.') return false;
  if (draws != nullptr) middle->text = (draws->next() & 1) != 0 ? initial + '.' : initial;
  return true;
}

bool swap_parts(Person* person, const Draws* draws) {
  if (!person->first.present || !person->last.present || person->first.text == person->last.text) return false;
  if (draws != nullptr) std::swap(person->first.text, person->last.text);
  return true;
}

}  // namespace

bool Damage::change_surname(Person* person, Draws* draws) const {
  if (!person->last.present) return false;
  if (draws == nullptr) return true;
  const std::string before = person->last.text;
  while (person->last.text == before) draw_surname(names_, Origin::kUs, *draws, &person->last.text);
  return true;
}

bool Damage::change_first_to_nickname(Person* person, Draws* draws) const {
  if (!person->first.present) return false;
  const auto found = names_.nicknames.find(person->first.text);
  if (found == names_.nicknames.end()) return false;
  if (draws != nullptr)
    person->first.text = found->second[draws->below(static_cast<std::uint32_t>(found->second.size()))];
  return true;
}

// Whole-record rewrites: accents, decomposition, capitals.
bool Damage::rewrite_names(DamageKind kind, Person* person, bool apply) const {
  bool changes = false;
  std::u32string letters;
  for (NamePart* part : {&person->first, &person->middle, &person->last}) {
    if (!part->present || (kind != DamageKind::kUpperCased && is_ascii(part->text))) continue;
    decode_utf8(part->text, &letters);
    std::u32string rewritten = letters;
    if (kind == DamageKind::kAccentsDropped) rewritten = names_.accents.without_accents(letters);
    if (kind == DamageKind::kDecomposed) rewritten = names_.accents.decomposed(letters);
    if (kind == DamageKind::kUpperCased) std::transform(letters.begin(), letters.end(), rewritten.begin(), upper);
    if (rewritten == letters) continue;
    changes = true;
    if (!apply) return true;
    part->text = encode_utf8(rewritten);
  }
  return changes;
}

bool Damage::move_household(Person* person, Draws* draws) const {
  if (!person->has_household || rows_ < 128) return false;  // a small table may have no other household
  if (draws == nullptr) return true;
  const std::uint64_t before = person->household;
  while (person->household == before) {
    person->household = people_.right_household_number(people_.first_row(draws->below_wide(rows_)));
  }
  return true;
}

bool Damage::damage(DamageKind kind, Person* person, Draws* draws) const {
  switch (kind) {
    case DamageKind::kLastChanged:
      return change_surname(person, draws);
    case DamageKind::kNickname:
      return change_first_to_nickname(person, draws);
    case DamageKind::kFirstPhonetic:
      return respell(&person->first, draws);
    case DamageKind::kLastPhonetic:
      return respell(&person->last, draws);
    case DamageKind::kPunctuation:
      return change_punctuation(&person->last, draws) || change_punctuation(&person->first, draws);
    case DamageKind::kFirstSubstitute:
      return substitute_letter(&person->first, draws);
    case DamageKind::kFirstDelete:
      return delete_letter(&person->first, draws);
    case DamageKind::kFirstInsert:
      return insert_letter(&person->first, draws);
    case DamageKind::kFirstTranspose:
      return transpose_letters(&person->first, draws);
    case DamageKind::kLastSubstitute:
      return substitute_letter(&person->last, draws);
    case DamageKind::kLastDelete:
      return delete_letter(&person->last, draws);
    case DamageKind::kLastInsert:
      return insert_letter(&person->last, draws);
    case DamageKind::kLastTranspose:
      return transpose_letters(&person->last, draws);
    case DamageKind::kFirstTruncated:
      return truncate(&person->first, 3, draws);
    case DamageKind::kLastTruncated:
      return truncate(&person->last, 5, draws);
    case DamageKind::kMiddleInitial:
      return reduce_to_initial(&person->middle, draws);
    case DamageKind::kMiddleMissing:
      return clear(&person->middle, draws);
    case DamageKind::kPartsSwapped:
      return swap_parts(person, draws);
    case DamageKind::kBirthdateDigit:
      return change_birthdate_digit(&person->birthdate, draws);
    case DamageKind::kBirthdateSwapped:
      return swap_day_and_month(&person->birthdate, draws);
    case DamageKind::kBirthdateMissing: {
      const bool present = person->birthdate.has_value();
      if (draws != nullptr) person->birthdate.reset();
      return present;
    }
    case DamageKind::kAccentsDropped:
    case DamageKind::kUpperCased:
    case DamageKind::kDecomposed:
      return rewrite_names(kind, person, draws != nullptr);
    case DamageKind::kFirstMissing:
      return clear(&person->first, draws);
    case DamageKind::kLastMissing:
      return clear(&person->last, draws);
    case DamageKind::kHouseholdMoved:
      return move_household(person, draws);
    case DamageKind::kSpacing:
      return add_space(&person->last, draws) || add_space(&person->first, draws);
    case DamageKind::kHouseholdMissing: {
      const bool present = person->has_household;
      if (draws != nullptr) person->has_household = false;
      return present;
    }
  }
  return false;
}

std::uint32_t Damage::apply(std::uint64_t slot, Person* person, DamageCounts* counts) const {
  std::uint32_t happened = 0;
  for (const DamageRule& rule : kErrorModel) {
    const auto index = static_cast<std::uint32_t>(rule.kind);
    const std::uint32_t rate = damage_rate(rule.kind, profile_);
    if (rate == 0) continue;  // not in this profile: counted nowhere
    Draws draws(seed_, static_cast<std::uint32_t>(Stream::kDamage) + index, slot);
    const bool drawn = draws.chance(rate);
    if (!drawn && counts == nullptr) continue;
    const bool eligible = damage(rule.kind, person, drawn ? &draws : nullptr);
    if (eligible && drawn) happened |= damage_bit(rule.kind);
    if (counts != nullptr && eligible) {
      ++counts->eligible[index];
      if (drawn) ++counts->applied[index];
    }
  }
  return happened;
}

}  // namespace assay::datasets
