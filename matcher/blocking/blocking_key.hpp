// Blocking keys: which parts of two persons must agree for the pair to be looked at.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/model/error.hpp"

namespace matcher {

// What one part of a key is made of. Unless said otherwise a null or empty value gives the row no key.
enum class KeyField : std::uint8_t {
  kBirthdate,
  kBirthYear,   // plus KeyPart::number
  kBirthMonth,  // year and month
  kMonthDay,    // month and day, without the year
  kFirst,       // KeyPart::number scalars of the normal form, 0: all
  kMiddle,
  kLast,
  kSoundexFirst,
  kSoundexMiddle,
  kSoundexLast,
  kMetaphoneFirst,
  kMetaphoneLast,
  kSound,
  kBarangay,
  kCity,
  // Not for users: parts of the keys that algorithms bring along.
  kSwappedBirthdate,  // day and month exchanged; no key if that is no date or the same one
  kFirstNotNull,      // "" is a value
  kLastNotNull,
  kMiddleOrNull,  // null is a value and equals null
  kFirstOrNull,
  kLastOrNull,
  kFullMiddle,
  kMiddleInitials,
  kSteadySound,   // the sound, "" included; no key if another sound can stand for an equal name
  kSteadyOnly,    // adds nothing; no key for rows whose sound is not steady
  kUnsteadyOnly,  // the converse
};

struct KeyPart {
  KeyField field = KeyField::kBirthdate;
  int number = 0;

  friend bool operator==(const KeyPart&, const KeyPart&) = default;
};

struct BlockingKey {
  std::string text;  // as the user wrote it
  std::vector<KeyPart> parts;
};

// "birthyear+soundex(last)": '+'-joined parts, see docs/algorithms.md. Errors: kBadInput with the part and what there
// is.
[[nodiscard]] Result<BlockingKey> parse_blocking_key(std::string_view text);

}  // namespace matcher
