// Soundex as the audited program computes it: not the classic code, as h and w end a run.
#pragma once

#include <cstdint>
#include <string_view>

namespace matcher {

// The first ASCII letter in upper case and up to three digits, padded with '0', first character in the lowest byte; 0
// if there is no ASCII letter. Vowels, h, w, y and everything that is no ASCII letter end a run of equal digits; the
// first letter's own digit does not suppress the next. Linear; thread-safe.
[[nodiscard]] std::uint32_t soundex_code(std::string_view text);

}  // namespace matcher
