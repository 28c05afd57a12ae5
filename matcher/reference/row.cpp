// What the algorithms ask of one row.
#include "matcher/reference/row.hpp"

#include <algorithm>

#include "matcher/reference/blocking.hpp"

namespace matcher::reference {
namespace {

Text normal_form(const Text& part, Normalizer normalizer) {
  if (!part) return part;
  switch (normalizer) {
    case Normalizer::kText:
      return normalize_text(*part);
    case Normalizer::kRaw:
      return repaired(*part);
    case Normalizer::kSimple:
      return normalize_simple(*part);
    case Normalizer::kPhonetic:
      return normalize_for_phonetic(*part);
  }
  return part;
}

Text simple(const Text& part) {
  return part ? Text(normalize_simple(*part)) : std::nullopt;
}

NameParts compared_parts(const NameParts& normal, const MatchOptions& options) {
  if (!options.direct_normalization) return normal;
  return {simple(normal.first), simple(normal.middle), simple(normal.last)};
}

void add_levels_columns(Row& row, const Person& person) {
  if (row.normal.middle && is_full_middle_name(*row.normal.middle)) row.full_middle = row.normal.middle;
  if (row.normal.middle) row.middle_initials = initials(*row.normal.middle);
  row.barangay = place_code(person.barangay_code);
  row.city = place_code(person.city_code);
}

CaseName full_name(const NameParts& parts, const MatchOptions& options) {
  const std::string first = parts.first.value_or("");
  const std::string middle = parts.middle.value_or("");
  const std::string last = parts.last.value_or("");
  if (has_full_name_with_middle(options.algorithm)) return case_name(first, middle, last, options.code_length);
  if (has_full_name_without_middle(options.algorithm)) return case_name(first, last, options.code_length);
  return {};
}

}  // namespace

Row make_row(const Person& person, std::size_t number, const MatchOptions& options) {
  Row row;
  row.number = number;
  row.id = person.id;
  row.birthdate_days = person.birthdate_days;
  row.normal = {normal_form(person.first, options.normalizer), normal_form(person.middle, options.normalizer),
                normal_form(person.last, options.normalizer)};
  if (!is_level(options.algorithm) && is_exact(options.algorithm)) row.compared = compared_parts(row.normal, options);
  if (is_level(options.algorithm)) add_levels_columns(row, person);
  row.name = full_name(row.normal, options);
  for (const std::string& key : options.blocking_keys) {
    row.keys.push_back(
        key_values(parse_blocking_key(key), person, compared_parts(row.normal, options), options.code_length));
  }
  return row;
}

bool is_full_middle_name(const std::string& normal_form) {
  std::u32string text = code_points(normal_form);
  while (text.starts_with(U'.')) text.erase(text.begin());
  while (text.ends_with(U'.')) text.pop_back();
  return std::count_if(text.begin(), text.end(), [](char32_t c) { return !is_white_space(c); }) >= 2;
}

Text initials(const std::string& normal_form) {
  std::string letters;
  bool token_has_one = false;
  for (const char32_t c : code_points(normal_form)) {
    const bool is_lower = c >= U'a' && c <= U'z';
    const bool is_upper = c >= U'A' && c <= U'Z';
    if (is_white_space(c)) token_has_one = false;
    if (token_has_one || (!is_lower && !is_upper)) continue;
    letters += static_cast<char>(is_upper ? c - U'A' + U'a' : c);
    token_has_one = true;
  }
  return letters.empty() ? Text() : Text(letters);
}

Text place_code(const Text& column) {
  if (!column || is_blank(*column)) return std::nullopt;
  return normalize_text(*column);
}

}  // namespace matcher::reference
