// The place in the source that asked for a device resource or made a CUDA call.
#pragma once

namespace matcher::gpu {

// std::source_location, which clang 14 lacks. As a default argument, here() names the caller's line.
struct Site {
  const char* file = "";
  int line = 0;

  static constexpr Site here(const char* file = __builtin_FILE(), int line = __builtin_LINE()) { return {file, line}; }
};

}  // namespace matcher::gpu
