// Letters and spaces of ASCII, whatever the locale.
#pragma once

namespace matcher {

[[nodiscard]] constexpr bool is_ascii_upper(char byte) {
  return byte >= 'A' && byte <= 'Z';
}
[[nodiscard]] constexpr bool is_ascii_lower(char byte) {
  return byte >= 'a' && byte <= 'z';
}
[[nodiscard]] constexpr char ascii_lower(char byte) {
  return static_cast<char>(is_ascii_upper(byte) ? byte + ('a' - 'A') : byte);
}
// The ASCII part of White_Space.
[[nodiscard]] constexpr bool is_ascii_space(char byte) {
  return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

}  // namespace matcher
