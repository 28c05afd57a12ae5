// Jaro and Jaro-Winkler similarity, with the counts they are made of.
#pragma once

#include <cstddef>
#include <string_view>

namespace matcher::reference {

// Everything that Jaro-Winkler needs to know of two strings, as integers.
struct JaroCounts {
  std::size_t left_length = 0;          // characters
  std::size_t right_length = 0;         // characters
  std::size_t matches = 0;              // characters in common inside the window
  std::size_t half_transpositions = 0;  // positions where the two sequences of matched characters differ
  std::size_t prefix = 0;               // equal characters at the start, at most 4
};

// Window max(|a|, |b|) / 2 - 1, never below 0; each character of a takes, left to right, the first free equal character
// of b inside the window. O(|a| |b|). Source: M. Jaro, "Advances in Record-Linkage Methodology...", JASA 84(406), 1989.
[[nodiscard]] JaroCounts count_jaro(std::u32string_view a, std::u32string_view b);

// In [0, 1]. Both empty: 1; one empty or no match: 0. Transpositions are half_transpositions / 2, rounded down.
[[nodiscard]] double jaro(const JaroCounts& counts);

// In [0, 1]: jaro if that is at most 0.7, else raised by 0.1 x prefix x (1 - jaro). The order of the floating-point
// operations is part of the definition: 7/10 is a common value of jaro, and whether it counts as greater than 0.7 hangs
// on the last bit. Source: W. Winkler, "String Comparator Metrics...", 1990; boost threshold as in strsim 0.11.1.
[[nodiscard]] double jaro_winkler(const JaroCounts& counts);

}  // namespace matcher::reference
