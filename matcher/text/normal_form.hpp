// The normal form of a name part under a run's normalizer.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace matcher {

// What happens to the parts of a name before they are compared.
enum class Normalizer : std::uint8_t {
  kText,      // normalize_text
  kRaw,       // nothing but that damaged UTF-8 becomes U+FFFD
  kSimple,    // normalize_simple
  kPhonetic,  // normalize_for_phonetic
};
inline constexpr std::array<std::string_view, 4> kNormalizerNames = {"text", "raw", "simple", "phonetic"};

// Overwrites `out`, whose capacity is reused. Linear; thread-safe.
void normal_form(std::string_view part, Normalizer normalizer, std::string& out);

}  // namespace matcher
