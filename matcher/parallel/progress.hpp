// How far a run has come.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace matcher {

struct Progress {
  std::string_view stage;  // "read", "prepare", "match", "write"; of static storage
  std::uint64_t done = 0;
  std::uint64_t total = 0;         // same unit; 0: not known
  std::string_view unit = "rows";  // of static storage; shown where the total is not known
};

// Called from any thread, one call at a time, a few times a second at most per thread. May be empty.
using ProgressCallback = std::function<void(const Progress&)>;

}  // namespace matcher
