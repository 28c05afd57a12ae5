// Text as a cell of a workbook can hold it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace matcher {

// Makes out the text with what XML cannot hold escaped as Excel does, and U+FFFD for bytes that are not UTF-8. Returns
// the length that Excel counts, UTF-16 units, before escaping. Example: "a\x01" gives "a_x0001_" and 2.
std::size_t make_cell_text(std::string& out, std::string_view text);

}  // namespace matcher
