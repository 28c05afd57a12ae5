// Decoding by the table of well-formed byte sequences (Unicode 15, table 3-7).
#include "matcher/text/utf8.hpp"

#include <cstring>

namespace matcher {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t at) {
  return static_cast<std::uint8_t>(text[at]);
}

// What a lead byte promises: how many bytes follow, its payload, and the range its second byte must lie in.
struct Lead {
  std::uint32_t following = 0;
  char32_t payload = 0;
  std::uint8_t second_low = 0x80;
  std::uint8_t second_high = 0xBF;
};

// following == 0 means that the byte cannot begin a multi-byte sequence.
Lead classify_lead(std::uint8_t lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return {1, static_cast<char32_t>(lead & 0x1F)};
  if (lead >= 0xE0 && lead <= 0xEF) {
    const std::uint8_t low = lead == 0xE0 ? 0xA0 : 0x80;   // no overlong forms
    const std::uint8_t high = lead == 0xED ? 0x9F : 0xBF;  // no surrogates
    return {2, static_cast<char32_t>(lead & 0x0F), low, high};
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const std::uint8_t low = lead == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t high = lead == 0xF4 ? 0x8F : 0xBF;  // nothing above U+10FFFF
    return {3, static_cast<char32_t>(lead & 0x07), low, high};
  }
  return {};
}

}  // namespace

DecodedScalar decode_scalar(std::string_view utf8, std::size_t at) {
  const std::uint8_t first = byte_at(utf8, at);
  if (first < 0x80) return {first, 1};
  const Lead lead = classify_lead(first);
  if (lead.following == 0) return {kReplacementScalar, 1};
  char32_t scalar = lead.payload;
  for (std::uint32_t k = 1; k <= lead.following; ++k) {
    if (at + k >= utf8.size()) return {kReplacementScalar, k};
    const std::uint8_t next = byte_at(utf8, at + k);
    const std::uint8_t low = k == 1 ? lead.second_low : 0x80;
    const std::uint8_t high = k == 1 ? lead.second_high : 0xBF;
    if (next < low || next > high) return {kReplacementScalar, k};
    scalar = (scalar << 6) | (next & 0x3F);
  }
  return {scalar, lead.following + 1};
}

void append_utf8(char32_t scalar, std::string& out) {
  const auto tail = [scalar](int shift) { return static_cast<char>(0x80 | ((scalar >> shift) & 0x3F)); };
  if (scalar < 0x80) {
    out.push_back(static_cast<char>(scalar));
  } else if (scalar < 0x800) {
    out.push_back(static_cast<char>(0xC0 | (scalar >> 6)));
    out.push_back(tail(0));
  } else if (scalar < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | (scalar >> 12)));
    out.push_back(tail(6));
    out.push_back(tail(0));
  } else {
    out.push_back(static_cast<char>(0xF0 | (scalar >> 18)));
    out.push_back(tail(12));
    out.push_back(tail(6));
    out.push_back(tail(0));
  }
}

void decode_utf8(std::string_view utf8, std::u32string& out) {
  out.resize(utf8.size());  // as many scalars as bytes at most
  if (is_ascii(utf8)) {
    for (std::size_t at = 0; at < utf8.size(); ++at) out[at] = static_cast<char32_t>(utf8[at]);
    return;
  }
  std::size_t count = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const DecodedScalar decoded = decode_scalar(utf8, at);
    out[count++] = decoded.scalar;
    at += decoded.bytes;
  }
  out.resize(count);
}

std::size_t count_scalars(std::string_view utf8) {
  if (is_ascii(utf8)) return utf8.size();
  std::size_t count = 0;
  for (std::size_t at = 0; at < utf8.size(); ++count) at += decode_scalar(utf8, at).bytes;
  return count;
}

}  // namespace matcher
