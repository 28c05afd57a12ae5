// Each normal form has an ASCII fast path; the rest goes scalar by scalar through utf8proc.
#include "matcher/text/normalize.hpp"

#include <utf8proc.h>

#include <array>
#include <cstddef>
#include <span>

#include "matcher/text/ascii.hpp"
#include "matcher/text/lowercase_writer.hpp"
#include "matcher/text/unicode.hpp"
#include "matcher/text/utf8.hpp"

namespace matcher {
namespace {

constexpr char32_t kCapitalIWithDot = 0x0130;
constexpr char32_t kCombiningDotAbove = 0x0307;

// The last scalar; a sequence that is damaged at the end counts as U+FFFD. REQUIRES: text is not empty.
DecodedScalar last_scalar(std::string_view text) {
  const auto is_continuation = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; };
  std::size_t at = text.size() - 1;
  while (at > 0 && text.size() - at < 4 && is_continuation(text[at])) --at;
  const DecodedScalar decoded = decode_scalar(text, at);
  return at + decoded.bytes == text.size() ? decoded : DecodedScalar{kReplacementScalar, 1};
}

std::string_view trim(std::string_view text) {
  while (!text.empty()) {
    const DecodedScalar first = decode_scalar(text, 0);
    if (!is_white_space(first.scalar)) break;
    text.remove_prefix(first.bytes);
  }
  while (!text.empty()) {
    const DecodedScalar last = last_scalar(text);
    if (!is_white_space(last.scalar)) break;
    text.remove_suffix(last.bytes);
  }
  return text;
}

// The full canonical decomposition of one scalar. Marks are dropped by both callers, so they need no reordering.
class Decomposition {
 public:
  explicit Decomposition(char32_t scalar) {
    int boundary_class = UTF8PROC_BOUNDCLASS_START;
    const utf8proc_ssize_t count =
        utf8proc_decompose_char(static_cast<utf8proc_int32_t>(scalar), parts_.data(),
                                static_cast<utf8proc_ssize_t>(parts_.size()), UTF8PROC_DECOMPOSE, &boundary_class);
    count_ = static_cast<std::size_t>(count);
  }

  [[nodiscard]] std::span<const utf8proc_int32_t> parts() const { return {parts_.data(), count_}; }

 private:
  std::array<utf8proc_int32_t, 16> parts_{};  // the longest canonical decomposition has 4 scalars
  std::size_t count_ = 0;
};

void append_letter(char32_t scalar, std::string& out) {
  switch (scalar) {
    case 0x00DF:
      out += "ss";
      break;
    case 0x00E6:
      out += "ae";
      break;
    case 0x00F8:
      out += 'o';
      break;
    case 0x0111:
      out += 'd';
      break;
    default:
      if (scalar < 0x80 && is_ascii_lower(static_cast<char>(scalar))) out += static_cast<char>(scalar);
  }
}

// What becomes of one ASCII byte in the simple and the phonetic form; kDropped: nothing.
constexpr char kDropped = '\0';

constexpr char phonetic_ascii(char byte) {
  const char lower = ascii_lower(byte);
  if (is_ascii_lower(lower)) return lower;
  return byte != '\v' && is_ascii_space(byte) ? ' ' : kDropped;  // Rust's ASCII white space has no vertical tab
}

constexpr std::array<char, 128> make_phonetic_table() {
  std::array<char, 128> table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte) table[byte] = phonetic_ascii(static_cast<char>(byte));
  return table;
}

constexpr std::array<char, 128> kPhoneticAscii = make_phonetic_table();

// Writes every byte and advances only if it is kept: no branch for the processor to guess.
void normalize_simple_ascii(std::string_view trimmed, std::string& out) {
  out.resize(trimmed.size());
  const bool is_plain = trimmed.find('.') == std::string_view::npos && trimmed.find('-') == std::string_view::npos;
  if (is_plain) return ascii_lower(trimmed, out.data());
  std::size_t count = 0;
  for (const char byte : trimmed) {
    out[count] = byte == '-' ? ' ' : ascii_lower(byte);
    count += byte == '.' ? 0U : 1U;
  }
  out.resize(count);
}

void normalize_for_phonetic_ascii(std::string_view trimmed, std::string& out) {
  out.resize(trimmed.size());
  std::size_t count = 0;
  char before = kDropped;
  for (const char byte : trimmed) {
    const char kept = kPhoneticAscii[static_cast<unsigned char>(byte)];
    const bool advances = kept != kDropped && (kept != ' ' || before != ' ');
    out[count] = kept;
    before = advances ? kept : before;
    count += advances ? 1U : 0U;
  }
  if (count > 0 && out[count - 1] == ' ') --count;
  out.resize(count);
}

}  // namespace

void normalize_text(std::string_view utf8, std::string& out) {
  if (is_ascii(utf8)) {
    const std::string_view trimmed = trim_ascii(utf8);
    out.resize(trimmed.size());
    ascii_lower(trimmed, out.data());
    return;
  }
  out.clear();
  LowercaseWriter lowercase(out);
  for (std::size_t at = 0; at < utf8.size();) {
    const DecodedScalar decoded = decode_scalar(utf8, at);
    at += decoded.bytes;
    if (decoded.scalar < 0x80) {
      lowercase.write(decoded.scalar);
      continue;
    }
    const Decomposition decomposition(decoded.scalar);
    for (const utf8proc_int32_t part : decomposition.parts()) {
      if (!is_combining_mark(static_cast<char32_t>(part))) lowercase.write(static_cast<char32_t>(part));
    }
  }
  lowercase.finish();
  const std::string_view trimmed = trim(out);  // last, as a dropped mark may have stood outside a space
  out.erase(0, static_cast<std::size_t>(trimmed.data() - out.data()));
  out.resize(trimmed.size());
}

void normalize_simple(std::string_view utf8, std::string& out) {
  if (is_ascii(utf8)) return normalize_simple_ascii(trim_ascii(utf8), out);
  const std::string_view text = trim(utf8);
  out.clear();
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const DecodedScalar decoded = decode_scalar(text, at);
    at += decoded.bytes;
    if (decoded.scalar == U'.') continue;
    if (decoded.scalar == U'-') {
      out.push_back(' ');
    } else if (decoded.scalar < 0x80) {
      out.push_back(ascii_lower(static_cast<char>(decoded.scalar)));
    } else if (decoded.scalar == kCapitalIWithDot) {
      out.push_back('i');
      append_utf8(kCombiningDotAbove, out);
    } else {
      append_utf8(to_lower(decoded.scalar), out);
    }
  }
}

void normalize_for_phonetic(std::string_view utf8, std::string& out) {
  if (is_ascii(utf8)) return normalize_for_phonetic_ascii(trim_ascii(utf8), out);
  const std::string_view text = trim(utf8);
  out.clear();
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const DecodedScalar decoded = decode_scalar(text, at);
    at += decoded.bytes;
    if (decoded.scalar < 0x80) {
      const char kept = kPhoneticAscii[decoded.scalar];
      if (kept != kDropped && (kept != ' ' || out.empty() || out.back() != ' ')) out += kept;
      continue;
    }
    const Decomposition decomposition(decoded.scalar);
    for (const utf8proc_int32_t part : decomposition.parts()) {
      append_letter(to_lower(static_cast<char32_t>(part)), out);
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
}

}  // namespace matcher
