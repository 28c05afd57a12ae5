// Escapes of ECMA-376 part 1, 22.9.2.19 (ST_Xstring).
#include "matcher/xlsx/cell_text.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <iterator>

namespace matcher {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// "_xHHHH_" at the start of text would be read as an escape.
bool looks_escaped(std::string_view text) {
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
  return text.size() >= 7 && text.substr(0, 2) == "_x" && text[6] == '_' &&
         std::all_of(text.begin() + 2, text.begin() + 6, is_hex);
}

// CR is legal in XML, but readers make LF of it.
bool xml_holds(utf8proc_int32_t code) {
  if (code < 0x20) return code == '\t' || code == '\n';
  return code != 0xFFFE && code != 0xFFFF;
}

}  // namespace

std::size_t make_cell_text(std::string& out, std::string_view text) {
  out.clear();
  std::size_t units = 0;
  while (!text.empty()) {
    utf8proc_int32_t code = 0;
    const auto bytes = ::utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                          static_cast<utf8proc_ssize_t>(text.size()), &code);
    const std::size_t length = bytes > 0 ? static_cast<std::size_t>(bytes) : 1;
    if (bytes <= 0) {
      out += kReplacement;
    } else if (!xml_holds(code)) {
      fmt::format_to(std::back_inserter(out), "_x{:04X}_", code);
    } else {
      if (code == '_' && looks_escaped(text)) out += "_x005F";
      out += text.substr(0, length);
    }
    units += code > 0xFFFF ? 2 : 1;
    text.remove_prefix(length);
  }
  return units;
}

}  // namespace matcher
