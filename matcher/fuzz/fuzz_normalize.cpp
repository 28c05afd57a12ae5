// One text through the decoder, the normal forms and the phonetic codes of the engine and of the oracle.
#include <algorithm>
#include <cstddef>
#include <string>

#include "matcher/fuzz/require.hpp"
#include "matcher/phonetic/double_metaphone.hpp"
#include "matcher/phonetic/soundex.hpp"
#include "matcher/reference/double_metaphone.hpp"
#include "matcher/reference/normalize.hpp"
#include "matcher/reference/row.hpp"
#include "matcher/reference/soundex.hpp"
#include "matcher/text/ascii.hpp"
#include "matcher/text/name_parts.hpp"
#include "matcher/text/normalize.hpp"
#include "matcher/text/utf8.hpp"

namespace {

using namespace matcher::fuzz;
namespace reference = matcher::reference;

using Normalizer = void (*)(std::string_view, std::string&);
using Definition = std::string (*)(std::string_view);

std::string applied(Normalizer normalizer, std::string_view text) {
  std::string out;
  normalizer(text, out);
  return out;
}

// Encoding what was decoded gives the same bytes only if there was nothing to mend.
bool is_utf8(std::string_view text) {
  std::string again;
  for (std::size_t at = 0; at < text.size();) {
    const matcher::DecodedScalar decoded = matcher::decode_scalar(text, at);
    matcher::append_utf8(decoded.scalar, again);
    at += decoded.bytes;
  }
  return again == text;
}

std::string check_form(const char* name, Normalizer normalizer, Definition definition, std::string_view text) {
  const std::string found = applied(normalizer, text);
  const std::string expected = definition(text);
  const auto details = [&] {
    return std::string(name) + ": " + escaped(text) + " is " + escaped(found) + ", by definition " + escaped(expected);
  };
  if (found != expected) require(false, "a normal form differs", details());
  if (!is_utf8(found)) require(false, "a normal form is no UTF-8", details());
  return found;
}

std::string unpacked(std::uint32_t code) {
  std::string text;
  for (; code != 0; code >>= 8U) text += static_cast<char>(code & 0xFFU);
  return text;
}

// The codes are defined for letters and spaces; other white space, which no phonetic text has, becomes spaces.
void check_codes(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return matcher::is_ascii_space(c); }, ' ');
  require(unpacked(matcher::double_metaphone_code(text)) == reference::double_metaphone(text, 4),
          "double_metaphone_code differs", escaped(text));
  require(matcher::double_metaphone_full(text) == reference::double_metaphone(text, text.size() * 2 + 8),
          "double_metaphone_full differs", escaped(text));
  require(matcher::double_metaphone(text, 2) == reference::double_metaphone(text, 2), "double_metaphone differs",
          escaped(text));
  require(unpacked(matcher::soundex_code(text)) == reference::soundex(text).value_or(""), "soundex differs",
          escaped(text));
}

void check_parts(const std::string& text) {
  require(matcher::is_full_name_part(text) == reference::is_full_middle_name(text), "is_full_name_part differs",
          escaped(text));
  std::string letters;
  matcher::initials(text, letters);
  require(letters == reference::initials(text).value_or(""), "initials differ", escaped(text));
  const std::u32string scalars = reference::code_points(text);
  require(matcher::count_scalars(text) == scalars.size(), "count_scalars differs", escaped(text));
  std::u32string decoded;
  matcher::decode_utf8(text, decoded);
  require(decoded == scalars, "decode_utf8 differs", escaped(text));
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  const std::string normal = check_form("normalize_text", matcher::normalize_text, reference::normalize_text, text);
  check_form("normalize_simple", matcher::normalize_simple, reference::normalize_simple, text);
  check_form("normalize_simple", matcher::normalize_simple, reference::normalize_simple, normal);
  const std::string phonetic =
      check_form("normalize_for_phonetic", matcher::normalize_for_phonetic, reference::normalize_for_phonetic, text);
  // Not so normalize_simple: "-a" gets a space at its start after it was trimmed.
  require(applied(matcher::normalize_text, normal) == normal, "a normal form has another normal form", escaped(text));
  // What is dropped at the start leaves the space behind it, which a second round trims.
  const std::string_view trimmed = std::string_view(phonetic).substr(phonetic.starts_with(' ') ? 1 : 0);
  require(applied(matcher::normalize_for_phonetic, phonetic) == trimmed, "a phonetic text has another phonetic text",
          escaped(text));
  check_codes(std::string(text));
  check_codes(phonetic);
  check_parts(std::string(text));
  check_parts(normal);
  return 0;
}
