// Numbers as decimal text, exactly rounded and faster than the general formatter.
#pragma once

#include <cstddef>

namespace matcher {

constexpr std::size_t kMostFixedDigits = 32;  // room that write_fixed needs at least

// Writes value with so many decimals as printf("%.*f") does, ties of the binary value to even, and returns the end of
// the text. out: room for kMostFixedDigits characters. REQUIRES: 0 <= value < 1000 and not -0.0; decimals 2 or 6. O(1).
[[nodiscard]] char* write_fixed2(char* out, double value);
[[nodiscard]] char* write_fixed6(char* out, double value);

// True for the values that write_fixed2 and write_fixed6 take.
[[nodiscard]] bool has_fixed_range(double value);

}  // namespace matcher
