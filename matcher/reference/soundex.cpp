// Soundex, letter by letter.
#include "matcher/reference/soundex.hpp"

namespace matcher::reference {
namespace {

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char upper_case(char letter) {
  return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

// '0': no digit.
char digit_of(char c) {
  const auto is_one_of = [c](std::string_view letters) {
    return letters.find(upper_case(c)) != std::string_view::npos;
  };
  if (is_one_of("BFPV")) return '1';
  if (is_one_of("CGJKQSXZ")) return '2';
  if (is_one_of("DT")) return '3';
  if (is_one_of("L")) return '4';
  if (is_one_of("MN")) return '5';
  if (is_one_of("R")) return '6';
  return '0';
}

}  // namespace

std::optional<std::string> soundex(std::string_view text) {
  while (!text.empty() && !is_ascii_letter(text.front())) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  std::string code(1, upper_case(text.front()));
  char previous = '0';
  for (const char c : text.substr(1)) {
    const char digit = digit_of(c);
    if (digit != '0' && digit != previous) code += digit;
    previous = digit;
  }
  code.resize(4, '0');
  return code;
}

}  // namespace matcher::reference
