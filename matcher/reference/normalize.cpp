// Normal forms of names, each step by the ICU function that is named after it.
#include "matcher/reference/normalize.hpp"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>

namespace matcher::reference {
namespace {

icu::UnicodeString decode(std::string_view utf8) {
  if (utf8.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max() / 8)) {
    throw std::length_error("a name is too long: " + std::to_string(utf8.size()) + " bytes");
  }
  return icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
}

std::string encode(const icu::UnicodeString& text) {
  std::string utf8;
  return text.toUTF8String(utf8);
}

icu::UnicodeString decompose(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString result = icu::Normalizer2::getNFDInstance(status)->normalize(text, status);
  if (U_FAILURE(status))
    throw std::runtime_error(std::string("canonical decomposition failed: ") + u_errorName(status));
  return result;
}

icu::UnicodeString trim(const icu::UnicodeString& text) {
  std::int32_t begin = 0;
  std::int32_t end = text.length();
  while (begin < end && u_isUWhiteSpace(text.char32At(begin))) begin = text.moveIndex32(begin, 1);
  while (end > begin && u_isUWhiteSpace(text.char32At(end - 1))) end = text.moveIndex32(end, -1);
  return {text, begin, end - begin};
}

icu::UnicodeString lowercase(icu::UnicodeString text) {
  return text.toLower(icu::Locale::getRoot());
}

std::u32string characters(const icu::UnicodeString& text) {
  std::u32string result;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    result += static_cast<char32_t>(text.char32At(i));
  }
  return result;
}

icu::UnicodeString one_character(char32_t c) {
  return icu::UnicodeString(static_cast<UChar32>(c));
}

bool is_combining_mark(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0;
}

icu::UnicodeString without_combining_marks(const icu::UnicodeString& text) {
  icu::UnicodeString result;
  for (const char32_t c : characters(text)) {
    if (!is_combining_mark(c)) result.append(one_character(c));
  }
  return result;
}

}  // namespace

std::string repaired(std::string_view utf8) {
  return encode(decode(utf8));
}

std::string normalize_text(std::string_view utf8) {
  return encode(trim(lowercase(without_combining_marks(decompose(decode(utf8))))));
}

std::string normalize_simple(std::string_view utf8) {
  icu::UnicodeString result;
  for (const char32_t c : characters(trim(decode(utf8)))) {
    if (c == U'.') continue;
    result.append(c == U'-' ? one_character(U' ') : lowercase(one_character(c)));
  }
  return encode(result);
}

std::string normalize_for_phonetic(std::string_view utf8) {
  std::string result;
  for (const char32_t c : characters(lowercase(decompose(trim(decode(utf8)))))) {
    const bool is_ascii_space = c == U' ' || c == U'\t' || c == U'\n' || c == U'\f' || c == U'\r';
    if (c >= U'a' && c <= U'z') result += static_cast<char>(c);
    if (is_ascii_space && !result.ends_with(' ')) result += ' ';
    if (c == U'\u00DF') result += "ss";
    if (c == U'\u00E6') result += "ae";
    if (c == U'\u00F8') result += 'o';
    if (c == U'\u0111') result += 'd';
  }
  while (result.ends_with(' ')) result.pop_back();
  return result;
}

bool is_blank(std::string_view utf8) {
  return trim(decode(utf8)).isEmpty();
}

bool is_white_space(char32_t character) {
  return u_isUWhiteSpace(static_cast<UChar32>(character)) != 0;
}

std::u32string code_points(std::string_view utf8) {
  return characters(decode(utf8));
}

std::string first_characters(std::string_view utf8, std::size_t count) {
  icu::UnicodeString result;
  for (const char32_t c : code_points(utf8).substr(0, count)) result.append(one_character(c));
  return encode(result);
}

}  // namespace matcher::reference
