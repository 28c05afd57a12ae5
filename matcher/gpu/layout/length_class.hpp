// Which kernels a name can go to: by its length, and by whether the alphabet covers it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "matcher/gpu/layout/alphabet.hpp"

namespace matcher::gpu {

// Up to 32 symbols: tiles of as many slots as the class says, against patterns of up to 32. 33 to 64: a pair with such
// a name goes to bitparallel64 as a pair of 64-byte rows. kUncoded: at most 64 symbols, one of which has no code; pairs
// of plain scalars, for the kernels without masks. kLong: above 64, for which there is no kernel: the CPU scores every
// pair with such a name.
enum class LengthClass : std::uint8_t { k8, k12, k16, k24, k32, k64, kUncoded, kLong };
inline constexpr std::size_t kLengthClasses = 8;
inline constexpr std::array<std::uint32_t, 6> kClassSymbols = {8, 12, 16, 24, 32, 64};  // of the coded classes
inline constexpr std::uint32_t kLongestOnGpu = 64;

[[nodiscard]] LengthClass length_class(const std::u32string& text, const Alphabet& alphabet);

// The rows of each class, ordered by length, rows of one length in their own order: the lanes of a tile get texts of
// about one length. Every row is in one class.
using ClassRows = std::array<std::vector<std::uint32_t>, kLengthClasses>;
[[nodiscard]] ClassRows rows_by_class(std::span<const std::u32string> texts, const Alphabet& alphabet);

}  // namespace matcher::gpu
