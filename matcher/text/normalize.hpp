// The three normal forms of a name. Which one is used where is part of each algorithm's definition.
//
// All three overwrite `out` and reuse its capacity. Input is UTF-8; every damaged byte sequence counts as U+FFFD
// (see decode_scalar). Linear time; thread-safe. Lowercase, marks and decomposition follow utf8proc's Unicode version.
#pragma once

#include <string>
#include <string_view>

namespace matcher {

// Canonical decomposition (NFD), combining marks (Mn, Mc, Me) dropped, full lowercase with the final-sigma rule,
// White_Space trimmed at both ends. Punctuation, inner spaces and letters that do not decompose (l with stroke, o with
// stroke, sharp s) stay.
void normalize_text(std::string_view utf8, std::string& out);

// White_Space trimmed at both ends, then scalar by scalar: '.' dropped, '-' becomes a space, everything else its own
// full lowercase (no final-sigma rule). Marks, apostrophes and repeated spaces stay; a leading or trailing '-'
// leaves a space, as trimming comes first.
void normalize_simple(std::string_view utf8, std::string& out);

// Letters a-z and single spaces, the alphabet of the phonetic code: trimmed, NFD, lowercase; sharp s -> ss, ae -> ae,
// o with stroke -> o, d with stroke -> d; a run of ASCII white space becomes one space; everything else is dropped;
// no trailing space.
void normalize_for_phonetic(std::string_view utf8, std::string& out);

}  // namespace matcher
