// What records are grouped by for a join.
#pragma once

#include <cstdint>

namespace matcher {

// A sound that equals every other. No phonetic code is that number: its bytes are ASCII.
inline constexpr std::uint32_t kAnySound = 0xffffffff;

// Records that match have equal groups, and sounds that are equal unless one of them is kAnySound.
struct JoinKeyValue {
  std::uint64_t group = 0;
  std::uint32_t sound = 0;
};

}  // namespace matcher
