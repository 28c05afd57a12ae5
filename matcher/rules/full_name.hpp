// Full names: joined parts, the form the case rule compares, and the phonetic code.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace matcher {

// Reused between names; overwritten by every call.
struct NameBuffers {
  std::string joined;    // "first middle last" (A3) or "first last" (A4); a missing part is "", its space stays
  std::string simple;    // normalize_simple of joined
  std::string phonetic;  // normalize_for_phonetic of joined
};

// Fills joined and simple. Parts are normalize_text output.
void join_full_name(std::string_view first, std::string_view middle, std::string_view last, bool with_middle,
                    NameBuffers& buffers);

// double_metaphone_code of what join_full_name has joined; fills phonetic.
[[nodiscard]] std::uint32_t phonetic_code(NameBuffers& buffers);

// The code of any length of what join_full_name has joined; fills phonetic.
[[nodiscard]] std::string full_phonetic_code(NameBuffers& buffers);

}  // namespace matcher
