// Blocking keys, part by part.
#include "matcher/reference/blocking.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include "matcher/reference/case_rule.hpp"
#include "matcher/reference/dates.hpp"
#include "matcher/reference/double_metaphone.hpp"
#include "matcher/reference/normalize.hpp"
#include "matcher/reference/soundex.hpp"

namespace matcher::reference {
namespace {

constexpr std::array kNames = {"birthdate",
                               "birthyear",
                               "birthmonth",
                               "monthday",
                               "first",
                               "middle",
                               "last",
                               "soundex(first)",
                               "soundex(middle)",
                               "soundex(last)",
                               "metaphone(first)",
                               "metaphone(last)",
                               "sound",
                               "barangay",
                               "city"};

bool is_known(std::string_view name) {
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

bool is_name_part(std::string_view name) {
  return name == "first" || name == "middle" || name == "last";
}

KeyPart parse_part(std::string_view text) {
  const std::invalid_argument unknown("blocking key part '" + std::string(text) + "' is unknown");
  const std::size_t colon = text.find(':');
  KeyPart part{.name = std::string(text.substr(0, colon))};
  if (!is_known(part.name)) throw unknown;
  if (colon == std::string_view::npos) return part;
  const std::string_view digits = text.substr(colon + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), part.count);
  const bool is_number = error == std::errc() && end == digits.data() + digits.size();
  if (!is_number || part.count == 0 || !is_name_part(part.name)) throw unknown;
  return part;
}

Text date_value(const std::string& name, std::int32_t days) {
  const std::chrono::year_month_day date = calendar_date(days);
  const std::string year = std::to_string(static_cast<int>(date.year()));
  if (name == "birthyear") return year;
  if (name == "monthday") {
    return std::to_string(static_cast<unsigned>(date.month())) + '-' +
           std::to_string(static_cast<unsigned>(date.day()));
  }
  if (name == "birthmonth") return year + '-' + std::to_string(static_cast<unsigned>(date.month()));
  return std::to_string(days);
}

Text soundex_of(const Text& part) {
  return part ? soundex(*part) : std::nullopt;
}

Text metaphone_of(const Text& part) {
  return part ? Text(double_metaphone(normalize_for_phonetic(*part), 4)) : std::nullopt;
}

// Null where the row has none.
Text value_of(const std::string& name, const Person& person, const NameParts& normal, std::size_t code_length) {
  if ((name.starts_with("birth") || name == "monthday"))
    return person.birthdate_days ? date_value(name, *person.birthdate_days) : std::nullopt;
  if (name == "first") return normal.first;
  if (name == "middle") return normal.middle;
  if (name == "last") return normal.last;
  if (name == "soundex(first)") return soundex_of(normal.first);
  if (name == "soundex(middle)") return soundex_of(normal.middle);
  if (name == "soundex(last)") return soundex_of(normal.last);
  if (name == "metaphone(first)") return metaphone_of(normal.first);
  if (name == "metaphone(last)") return metaphone_of(normal.last);
  if (name == "barangay") return place_code(person.barangay_code);
  if (name == "city") return place_code(person.city_code);
  return case_name(normal.first.value_or(""), normal.middle.value_or(""), normal.last.value_or(""), code_length)
      .phonetic_code;  // "sound"
}

}  // namespace

std::vector<KeyPart> parse_blocking_key(std::string_view text) {
  std::vector<KeyPart> key;
  for (;;) {
    const std::size_t plus = text.find('+');
    key.push_back(parse_part(text.substr(0, plus)));
    if (plus == std::string_view::npos) return key;
    text.remove_prefix(plus + 1);
  }
}

std::optional<KeyValues> key_values(const std::vector<KeyPart>& key, const Person& person, const NameParts& normal,
                                    std::size_t code_length) {
  KeyValues values;
  for (const KeyPart& part : key) {
    Text value = value_of(part.name, person, normal, code_length);
    if (value && part.count > 0) value = first_characters(*value, part.count);
    if (!value || value->empty()) return std::nullopt;
    values.push_back(*value);
  }
  return values;
}

bool agree_on_a_key(const Row& left, const Row& right) {
  for (std::size_t k = 0; k < left.keys.size(); ++k) {
    if (left.keys[k] && left.keys[k] == right.keys[k]) return true;
  }
  return false;
}

}  // namespace matcher::reference
