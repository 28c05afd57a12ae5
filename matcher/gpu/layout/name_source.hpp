// The names of a table, wherever and however they are kept.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace matcher::gpu {

struct NameSource {
  std::size_t rows = 0;
  // The name of a row, perhaps in the buffer. Called from several threads, each with a buffer of its own.
  std::function<std::u32string_view(std::size_t row, std::u32string& buffer)> name;
};

// The names outlive the source.
[[nodiscard]] inline NameSource source_of(std::span<const std::u32string> names) {
  return {names.size(), [names](std::size_t row, std::u32string&) { return std::u32string_view(names[row]); }};
}

}  // namespace matcher::gpu
