// Phonetic policies: when normalize_for_phonetic and Double Metaphone run.
#pragma once

#include <cstdint>

namespace matcher {

// For both names of every candidate pair that is neither blank nor equal, whatever the other two tests say, as in the
// audited program. Buffers are reused, which the audited program does not do: recomputation is the axis, allocation is
// not.
struct PhoneticPerPair {
  static constexpr bool kCached = false;
  struct Stored {};
};

// Once per record.
struct PhoneticCached {
  static constexpr bool kCached = true;
  struct Stored {
    std::uint32_t phonetic_code = 0;  // 0: empty, which equals nothing
  };
};

}  // namespace matcher
