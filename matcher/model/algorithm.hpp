// The matching algorithms and their names on the command line; docs/algorithms.md says what each accepts.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace matcher {

enum class Algorithm : std::uint32_t {
  kA1,  // birthdate, first and last name equal
  kA2,  // A1, and middle name equal or absent on both sides
  kA3,  // birthdate equal and the case rule on first + middle + last name
  kA4,  // birthdate equal and the case rule on first + last name
  kA7Tiers,
  kA7Levenshtein,
  kMax3,
  kL1,
  kL2,
  kL3,
  kL4,
  kL5,
  kL6,
  kL7,
  kL8,
  kL9,
  kL10,
  kL11,
};

inline constexpr std::array<std::string_view, 18> kAlgorithmNames = {
    "A1", "A2", "A3", "A4",  "A7-TIERS", "A7-LEVENSHTEIN", "MAX3", "L1", "L2", "L3", "L4", "L5", "L6",
    "L7", "L8", "L9", "L10", "L11"};

[[nodiscard]] constexpr std::string_view algorithm_name(Algorithm algorithm) {
  return kAlgorithmNames[static_cast<std::size_t>(algorithm)];
}

[[nodiscard]] constexpr std::optional<Algorithm> parse_algorithm(std::string_view name) {
  for (std::size_t i = 0; i < kAlgorithmNames.size(); ++i) {
    if (kAlgorithmNames[i] == name) return static_cast<Algorithm>(i);
  }
  return std::nullopt;
}

// Exact algorithms compare for equality and know no score.
[[nodiscard]] constexpr bool is_exact(Algorithm algorithm) {
  return algorithm == Algorithm::kA1 || algorithm == Algorithm::kA2 ||
         (algorithm >= Algorithm::kL1 && algorithm <= Algorithm::kL9);
}

// The levels of a cascade: L1 is level 1.
inline constexpr int kLastCascadeLevel = 11;
// REQUIRES: 1 <= level <= kLastCascadeLevel.
[[nodiscard]] constexpr Algorithm algorithm_of_level(int level) {
  return static_cast<Algorithm>(static_cast<int>(Algorithm::kL1) + level - 1);
}
[[nodiscard]] constexpr std::optional<int> level_of(Algorithm algorithm) {
  if (algorithm < Algorithm::kL1) return std::nullopt;
  return static_cast<int>(algorithm) - static_cast<int>(Algorithm::kL1) + 1;
}

// Algorithms whose birthdates are compared by MatchOptions::date_test; the others have their own rule.
[[nodiscard]] constexpr bool takes_date_test(Algorithm algorithm) {
  return algorithm == Algorithm::kA3 || algorithm == Algorithm::kA4 || algorithm == Algorithm::kMax3 ||
         algorithm == Algorithm::kL10;
}

[[nodiscard]] constexpr bool uses_middle_name(Algorithm algorithm) {
  return algorithm == Algorithm::kA2 || algorithm == Algorithm::kA3 || algorithm == Algorithm::kMax3 ||
         algorithm == Algorithm::kL10;
}

}  // namespace matcher
