// Reads blocking keys.
#include "matcher/blocking/blocking_key.hpp"

#include <array>
#include <charconv>
#include <optional>

namespace matcher {
namespace {

struct NamedField {
  std::string_view name;
  KeyField field;
  bool takes_prefix;
};

constexpr std::array<NamedField, 15> kNamedFields = {{{"birthdate", KeyField::kBirthdate, false},
                                                      {"birthyear", KeyField::kBirthYear, false},
                                                      {"birthmonth", KeyField::kBirthMonth, false},
                                                      {"monthday", KeyField::kMonthDay, false},
                                                      {"first", KeyField::kFirst, true},
                                                      {"middle", KeyField::kMiddle, true},
                                                      {"last", KeyField::kLast, true},
                                                      {"soundex(first)", KeyField::kSoundexFirst, false},
                                                      {"soundex(middle)", KeyField::kSoundexMiddle, false},
                                                      {"soundex(last)", KeyField::kSoundexLast, false},
                                                      {"metaphone(first)", KeyField::kMetaphoneFirst, false},
                                                      {"metaphone(last)", KeyField::kMetaphoneLast, false},
                                                      {"sound", KeyField::kSound, false},
                                                      {"barangay", KeyField::kBarangay, false},
                                                      {"city", KeyField::kCity, false}}};

constexpr int kLongestPrefix = 1000;

std::optional<KeyPart> parse_part(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  for (const NamedField& known : kNamedFields) {
    if (known.name != name) continue;
    if (colon == std::string_view::npos) return KeyPart{known.field, 0};
    if (!known.takes_prefix) return std::nullopt;
    const std::string_view digits = text.substr(colon + 1);
    int count = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (error != std::errc() || end != digits.data() + digits.size() || count < 1 || count > kLongestPrefix) {
      return std::nullopt;
    }
    return KeyPart{known.field, count};
  }
  return std::nullopt;
}

}  // namespace

Result<BlockingKey> parse_blocking_key(std::string_view text) {
  BlockingKey key{std::string(text), {}};
  while (true) {
    const std::size_t plus = text.find('+');
    const std::string_view part_text = text.substr(0, plus);
    const auto part = parse_part(part_text);
    if (!part) {
      return fail(ErrorKind::kBadInput,
                  "blocking key '{}': '{}' is no part of a key; use birthdate, birthyear, birthmonth, monthday, first, "
                  "middle, last (these "
                  "three also with ':N'), soundex(first|middle|last), metaphone(first|last), sound, barangay or "
                  "city, joined by '+'",
                  key.text, part_text);
    }
    key.parts.push_back(*part);
    if (plus == std::string_view::npos) return key;
    text.remove_prefix(plus + 1);
  }
}

}  // namespace matcher
