// Enumerations by the names they have on the command line.
#pragma once

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace matcher {

// Accepts one of the names and says which there are.
template <std::size_t N>
[[nodiscard]] CLI::IsMember one_of(const std::array<std::string_view, N>& names) {
  return CLI::IsMember(std::vector<std::string>(names.begin(), names.end()));
}

// The value whose name stands at its place. REQUIRES: name is one of the names (one_of has checked).
template <class Enum, std::size_t N>
[[nodiscard]] Enum value_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return static_cast<Enum>(std::find(names.begin(), names.end(), name) - names.begin());
}

template <class Enum, std::size_t N>
[[nodiscard]] std::string_view name_of(const std::array<std::string_view, N>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

}  // namespace matcher
