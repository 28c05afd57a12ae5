#include "datasets/generate/damage_text.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "datasets/generate/letters.hpp"

namespace assay::datasets {
namespace {

struct Respelling {
  std::string_view sound;
  std::string_view spelling;
};

constexpr std::array<Respelling, 30> kRespellings{{
    {"ph", "f"},  {"ck", "k"},    {"c", "k"},     {"k", "c"},    {"y", "i"},  {"ie", "y"}, {"s", "z"},   {"z", "s"},
    {"ee", "ea"}, {"ea", "ee"},   {"ai", "ay"},   {"sch", "sh"}, {"tt", "t"}, {"ll", "l"}, {"nn", "n"},  {"ss", "s"},
    {"th", "t"},  {"son", "sen"}, {"sen", "son"}, {"ou", "u"},   {"w", "v"},  {"v", "w"},  {"qu", "kw"}, {"x", "ks"},
    {"j", "y"},   {"gh", "g"},    {"er", "ar"},   {"ei", "ie"},  {"f", "ph"}, {"oo", "u"},
}};

char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
char to_upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

// Only ASCII letters take part, so byte positions are safe in UTF-8.
std::size_t find_sound(std::string_view text, std::string_view sound) {
  for (std::size_t at = 0; at + sound.size() <= text.size(); ++at) {
    std::size_t same = 0;
    while (same < sound.size() && to_lower(text[at + same]) == sound[same]) ++same;
    if (same == sound.size()) return at;
  }
  return std::string_view::npos;
}

// The letters of a part, and where the letters proper are.
struct Letters {
  std::u32string all;
  std::array<std::uint32_t, 128> places{};  // longer names are damaged in their first 128 letters only
  std::uint32_t count = 0;

  explicit Letters(const std::string& text) {
    decode_utf8(text, &all);
    for (std::uint32_t at = 0; at < all.size() && count < places.size(); ++at) {
      if (is_letter(all[at])) places[count++] = at;
    }
  }
};

bool swappable(const std::u32string& letters, std::uint32_t at) {
  return at + 1 < letters.size() && is_letter(letters[at]) && is_letter(letters[at + 1]) &&
         lower(letters[at]) != lower(letters[at + 1]);
}

}  // namespace

bool substitute_letter(NamePart* part, Draws* draws) {
  if (!part->present) return false;
  Letters letters(part->text);
  if (letters.count == 0) return false;
  if (draws == nullptr) return true;
  char32_t& letter = letters.all[letters.places[draws->below(letters.count)]];
  letter = wrong_letter(letter, *draws);
  part->text = encode_utf8(letters.all);
  return true;
}

bool delete_letter(NamePart* part, Draws* draws) {
  if (!part->present) return false;
  Letters letters(part->text);
  if (letters.count < 2) return false;
  if (draws == nullptr) return true;
  letters.all.erase(letters.places[draws->below(letters.count)], 1);
  part->text = encode_utf8(letters.all);
  return true;
}

bool insert_letter(NamePart* part, Draws* draws) {
  if (!part->present) return false;
  Letters letters(part->text);
  if (letters.count == 0) return false;
  if (draws == nullptr) return true;
  const std::uint32_t at = letters.places[draws->below(letters.count)];
  letters.all.insert(at + 1, 1, wrong_letter(lower(letters.all[at]), *draws));
  part->text = encode_utf8(letters.all);
  return true;
}

bool transpose_letters(NamePart* part, Draws* draws) {
  if (!part->present) return false;
  Letters letters(part->text);
  std::uint32_t count = 0;
  for (std::uint32_t index = 0; index < letters.count; ++index) {
    if (swappable(letters.all, letters.places[index])) letters.places[count++] = letters.places[index];
  }
  if (count == 0) return false;
  if (draws == nullptr) return true;
  char32_t& left = letters.all[letters.places[draws->below(count)]];
  char32_t& right = *(&left + 1);
  const bool left_upper = lower(left) != left;
  const bool right_upper = lower(right) != right;
  std::swap(left, right);
  left = left_upper ? upper(left) : lower(left);
  right = right_upper ? upper(right) : lower(right);
  part->text = encode_utf8(letters.all);
  return true;
}

bool truncate(NamePart* part, std::size_t shortest, Draws* draws) {
  if (!part->present || part->text.size() < shortest + 2) return false;  // bytes are at least as many as letters
  std::u32string letters;
  decode_utf8(part->text, &letters);
  if (letters.size() < shortest + 2) return false;
  if (draws == nullptr) return true;
  const std::size_t choices = letters.size() - 1 - shortest;
  letters.resize(shortest + draws->below(static_cast<std::uint32_t>(choices)));
  part->text = encode_utf8(letters);
  return true;
}

bool respell(NamePart* part, Draws* draws) {
  if (!part->present) return false;
  const std::uint32_t first = draws == nullptr ? 0 : draws->below(kRespellings.size());
  for (std::size_t step = 0; step < kRespellings.size(); ++step) {
    const Respelling& rule = kRespellings[(first + step) % kRespellings.size()];
    const std::size_t at = find_sound(part->text, rule.sound);
    if (at == std::string_view::npos) continue;
    if (draws == nullptr) return true;
    std::string spelling(rule.spelling);
    if (to_lower(part->text[at]) != part->text[at]) spelling[0] = to_upper(spelling[0]);
    part->text.replace(at, rule.sound.size(), spelling);
    return true;
  }
  return false;
}

bool change_punctuation(NamePart* part, Draws* draws) {
  if (!part->present) return false;
  const std::size_t at = part->text.find_first_of("-' .");
  if (at == std::string::npos || part->text.size() < 2) return false;
  if (draws == nullptr) return true;
  const char found = part->text[at];
  const bool lost = found == '.' || (draws->next() & 1) != 0;
  if (lost) {
    part->text.erase(at, 1);
  } else {
    part->text[at] = found == ' ' ? '-' : ' ';
  }
  return true;
}

bool add_space(NamePart* part, Draws* draws) {
  if (!part->present) return false;
  if (draws == nullptr) return true;
  if ((draws->next() & 1) != 0) {
    part->text.push_back(' ');
  } else {
    part->text.insert(0, 1, ' ');
  }
  return true;
}

}  // namespace assay::datasets
