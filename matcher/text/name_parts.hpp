// What the levels read out of a middle name.
#pragma once

#include <string>
#include <string_view>

namespace matcher {

// True if, '.' removed at both ends, at least two scalars are not white space: a name and not an initial.
[[nodiscard]] bool is_full_name_part(std::string_view utf8);

// Overwrites `out` with the first ASCII letter of each white-space separated token, in lower case, joined.
void initials(std::string_view utf8, std::string& out);

// The first `count` scalars of a text; all of it if it has fewer, or if count is 0.
[[nodiscard]] std::string_view first_scalars(std::string_view utf8, std::size_t count);

}  // namespace matcher
