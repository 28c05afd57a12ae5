// The matching algorithms and their names on the command line.
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
};

inline constexpr std::array<std::string_view, 4> kAlgorithmNames = {"A1", "A2", "A3", "A4"};

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
  return algorithm == Algorithm::kA1 || algorithm == Algorithm::kA2;
}

[[nodiscard]] constexpr bool uses_middle_name(Algorithm algorithm) {
  return algorithm == Algorithm::kA2 || algorithm == Algorithm::kA3;
}

}  // namespace matcher
