// Double Metaphone, primary code.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace matcher::reference {

// The primary code of a text: its first maximum_length phonemes ("john michael smith" -> "JNMK"); empty if there is
// none. The whole text is one word: spaces count as characters that some rules look at. Only ASCII letters and spaces
// have rules, every other byte is passed over. Source: L. Philips, "The Double Metaphone Search Algorithm", C/C++ Users
// Journal 18(6), 2000, in the reading of Apache commons-codec.
[[nodiscard]] std::string double_metaphone(std::string_view text, std::size_t maximum_length = 4);

}  // namespace matcher::reference
