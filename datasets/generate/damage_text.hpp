// Typing and spelling errors in one name part. Each function says whether the error can happen; with draws, it does,
// and then the text has changed.
#pragma once

#include "datasets/generate/draws.hpp"
#include "datasets/generate/person.hpp"

namespace assay::datasets {

[[nodiscard]] bool substitute_letter(NamePart* part, Draws* draws);  // needs a letter
[[nodiscard]] bool delete_letter(NamePart* part, Draws* draws);      // needs two letters
[[nodiscard]] bool insert_letter(NamePart* part, Draws* draws);      // needs a letter to stand behind
[[nodiscard]] bool transpose_letters(NamePart* part,
                                     Draws* draws);  // needs two neighbours that differ; case stays in place

// Loses the end: of size characters, shortest .. size - 2 are kept. Needs shortest + 2 characters.
[[nodiscard]] bool truncate(NamePart* part, std::size_t shortest, Draws* draws);

// Another spelling of the same sound ("ph" for "f", "ck" for "k").
[[nodiscard]] bool respell(NamePart* part, Draws* draws);

// The first hyphen, space, apostrophe or full stop is lost or becomes another of them.
[[nodiscard]] bool change_punctuation(NamePart* part, Draws* draws);

// A space too many in front or behind.
[[nodiscard]] bool add_space(NamePart* part, Draws* draws);

}  // namespace assay::datasets
