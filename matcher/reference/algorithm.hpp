// The algorithms on pairs of persons, and what kind each is of.
#pragma once

namespace matcher::reference {

// The numbers are those of the engine's list; A5, A6 and L12 are in household.hpp.
enum class Algorithm {
  kA1,
  kA2,
  kA3,
  kA4,
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

// Compares for equality and knows no score: A1, A2, L1 to L9.
[[nodiscard]] constexpr bool is_exact(Algorithm algorithm) {
  return algorithm == Algorithm::kA1 || algorithm == Algorithm::kA2 ||
         (algorithm >= Algorithm::kL1 && algorithm <= Algorithm::kL9);
}

[[nodiscard]] constexpr bool is_level(Algorithm algorithm) {
  return algorithm >= Algorithm::kL1;
}

// Compares full names "first middle last": A3, MAX3, L10.
[[nodiscard]] constexpr bool has_full_name_with_middle(Algorithm algorithm) {
  return algorithm == Algorithm::kA3 || algorithm == Algorithm::kMax3 || algorithm == Algorithm::kL10;
}

// Compares full names "first last": A4, A7-TIERS, L11.
[[nodiscard]] constexpr bool has_full_name_without_middle(Algorithm algorithm) {
  return algorithm == Algorithm::kA4 || algorithm == Algorithm::kA7Tiers || algorithm == Algorithm::kL11;
}

}  // namespace matcher::reference
