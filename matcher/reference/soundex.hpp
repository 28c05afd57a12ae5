// Soundex of one name, in the form that the audited matcher uses.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace matcher::reference {

// The first ASCII letter in upper case, then up to three digits, padded with '0' ("Pfister" -> "P123"); nullopt if
// there is no ASCII letter. A digit is not repeated within a run of letters that share it; every vowel, h, w, y and
// everything that is not an ASCII letter ends a run. The digit of the first letter itself starts no run: it is not what
// R. Russell's patents US 1261167 and 1435663 or the American census do.
[[nodiscard]] std::optional<std::string> soundex(std::string_view text);

}  // namespace matcher::reference
