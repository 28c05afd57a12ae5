// Made-up names for the long tail of rare ones, put together from syllables.
#pragma once

#include <cstdint>
#include <string>

#include "datasets/generate/draws.hpp"
#include "datasets/generate/name_tables.hpp"

namespace assay::datasets {

// Appends the made-up surname of a rank; the same rank is the same name for every seed.
void append_rare_surname(std::uint32_t rank, std::string* name);

// The same for first names.
void append_rare_first_name(Gender gender, std::uint32_t rank, std::string* name);

// A rank from [2^low_bits, 2^high_bits) with a probability proportional to 1 / 2^floor(log2(rank)): Zipf's law in
// steps.
[[nodiscard]] std::uint32_t draw_rare_rank(std::uint32_t low_bits, std::uint32_t high_bits, Draws& draws);

// 122,880 rare surnames: the most frequent of them is as rare as the last one of the census table.
inline constexpr std::uint32_t kRareSurnameLowBits = 12;
inline constexpr std::uint32_t kRareSurnameHighBits = 17;
inline constexpr std::uint32_t kRareFirstNameLowBits = 8;
inline constexpr std::uint32_t kRareFirstNameHighBits = 12;

}  // namespace assay::datasets
