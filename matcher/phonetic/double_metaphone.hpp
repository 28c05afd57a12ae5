// Double Metaphone, primary code: names that sound alike in English get the same short code.
//
// Rules: L. Philips, "The Double Metaphone Search Algorithm", C/C++ Users Journal, June 2000, in the reading of Apache
// commons-codec as ported by the Rust crate rphonetic 3.0.4, because that is what the audited program runs. The port
// departs from commons-codec in three places, and so do we:
//   1. 'ch' after a leading "van " or "von " is not taken for Germanic;
//   2. 'ch' before 't' or 's' is Germanic from the third letter on only ("ochs" is AXS, not AKS);
//   3. a final 'r' after "ie" is silent from the fifth letter on only ("pier" is PR, "papier" is PP).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace matcher {

// The code length of the audited program: four phonemes of the whole full name.
inline constexpr std::size_t kPhoneticCodeLength = 4;

// The primary code, at most `maximum_length` characters of "0AFHJKLMNPRSTX".
// `phonetic_text`: letters and spaces as normalize_for_phonetic makes them, any case; other bytes are passed over.
// White space at both ends is ignored. Linear in the text; thread-safe.
[[nodiscard]] std::string double_metaphone(std::string_view phonetic_text,
                                           std::size_t maximum_length = kPhoneticCodeLength);

// The primary code without a limit.
[[nodiscard]] std::string double_metaphone_full(std::string_view phonetic_text);

// The primary code of at most four characters, first character in the lowest byte; 0 = empty. Allocates nothing.
[[nodiscard]] std::uint32_t double_metaphone_code(std::string_view phonetic_text);

}  // namespace matcher
