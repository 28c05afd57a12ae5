// Full middle names, initials, prefixes.
#include "matcher/text/name_parts.hpp"

#include "matcher/text/ascii.hpp"
#include "matcher/text/unicode.hpp"
#include "matcher/text/utf8.hpp"

namespace matcher {

bool is_full_name_part(std::string_view utf8) {
  while (!utf8.empty() && utf8.front() == '.') utf8.remove_prefix(1);
  while (!utf8.empty() && utf8.back() == '.') utf8.remove_suffix(1);
  int count = 0;
  for (std::size_t at = 0; at < utf8.size() && count < 2;) {
    const DecodedScalar decoded = decode_scalar(utf8, at);
    at += decoded.bytes;
    if (!is_white_space(decoded.scalar)) ++count;
  }
  return count == 2;
}

void initials(std::string_view utf8, std::string& out) {
  out.clear();
  bool wanted = true;
  for (std::size_t at = 0; at < utf8.size();) {
    const DecodedScalar decoded = decode_scalar(utf8, at);
    at += decoded.bytes;
    if (is_white_space(decoded.scalar)) {
      wanted = true;
    } else if (wanted && decoded.scalar < 0x80) {
      const char lower = ascii_lower(static_cast<char>(decoded.scalar));
      if (!is_ascii_lower(lower)) continue;
      out += lower;
      wanted = false;
    }
  }
}

std::string_view first_scalars(std::string_view utf8, std::size_t count) {
  if (count == 0) return utf8;
  std::size_t at = 0;
  while (at < utf8.size() && count > 0) {
    at += decode_scalar(utf8, at).bytes;
    --count;
  }
  return utf8.substr(0, at);
}

}  // namespace matcher
