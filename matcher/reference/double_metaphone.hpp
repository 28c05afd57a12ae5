// Double Metaphone, primary code.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace matcher::reference {

// The primary code of a text: its first maximum_length phonemes ("john michael smith" -> "JNMK"); empty if there is
// none. The whole text is one word: spaces count as characters that some rules look at. Only ASCII letters and spaces
// have rules, every other byte is passed over. Source: L. Philips, "The Double Metaphone Search Algorithm", C/C++ Users
// Journal 18(6), 2000, as the Rust crate rphonetic 3.0.4 has it, which is what the audited matcher runs. That is Apache
// commons-codec but for three rules: a leading "van " or "von " does not make "ch" Germanic; "cht" and "chs" are
// Germanic from the third letter on only; a final "-ier" loses its R from the fifth letter on only.
[[nodiscard]] std::string double_metaphone(std::string_view text, std::size_t maximum_length = 4);

}  // namespace matcher::reference
