// Soundex as the audited program computes it.
#include "matcher/phonetic/soundex.hpp"

#include "matcher/text/ascii.hpp"

namespace matcher {
namespace {

constexpr std::size_t kCodeLength = 4;
//                                       abcdefghijklmnopqrstuvwxyz
constexpr std::string_view kDigits = "01230120022455012623010202";

}  // namespace

std::uint32_t soundex_code(std::string_view text) {
  std::uint32_t code = 0;
  std::size_t length = 0;
  char before = '0';
  const auto append = [&](char symbol) { code |= static_cast<std::uint32_t>(symbol) << (8 * length++); };
  for (const char byte : text) {
    const char lower = ascii_lower(byte);
    const bool is_letter = is_ascii_lower(lower);
    if (length == 0) {
      if (is_letter) append(static_cast<char>(lower - 'a' + 'A'));
      continue;
    }
    const char digit = is_letter ? kDigits[static_cast<std::size_t>(lower - 'a')] : '0';
    if (digit != '0' && digit != before) append(digit);
    if (length == kCodeLength) return code;
    before = digit;
  }
  if (length == 0) return 0;
  while (length < kCodeLength) append('0');
  return code;
}

}  // namespace matcher
