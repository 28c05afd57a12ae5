// Where a text of at most 64 bytes has each byte of another: in plain C++, by a table.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace matcher::portable {

// equal[i] gets bit j set where left[i] == right[j]; no bit from right_size on. Returns the length of the common
// prefix. REQUIRES: both sizes in 1..64; `equal` has left_size words.
[[nodiscard]] inline std::size_t fill_equality(const unsigned char* left, std::size_t left_size,
                                               const unsigned char* right, std::size_t right_size,
                                               std::uint64_t* equal) {
  std::array<std::uint64_t, 256> places{};
  for (std::size_t j = 0; j < right_size; ++j) places[right[j]] |= std::uint64_t{1} << j;
  std::uint64_t diagonal = 0;
  for (std::size_t i = 0; i < left_size; ++i) {
    equal[i] = places[left[i]];
    diagonal |= equal[i] & (std::uint64_t{1} << i);
  }
  return static_cast<std::size_t>(std::countr_one(diagonal));
}

}  // namespace matcher::portable
