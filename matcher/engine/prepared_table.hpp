// The rows of a table in the forms that a run compares.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "matcher/engine/match_plan.hpp"
#include "matcher/engine/part_forms.hpp"
#include "matcher/engine/sound.hpp"
#include "matcher/engine/text_chunks.hpp"
#include "matcher/model/persons_view.hpp"

namespace matcher {

struct PreparedTable {
  PersonsView view;
  PartForms first;
  PartForms middle;
  PartForms last;
  TextChunks full_name;  // normalize_simple of the joined normal forms
  // Names that the case rule finds equal need not sound equal: it reads a hyphen as a space, the phonetic form drops it
  // ("thomas-hall" has the sh of "thomashall", "thomas hall" has not). Where that matters the sound is marked
  // kUnsteadySound.
  std::vector<Sound> sounds;
  std::vector<Sound> key_sounds;  // forms.key_sound
  // Which letters the full name has: two names differ by at least as many edits as the one has letters that the other
  // lacks.
  std::vector<std::uint32_t> letters;
};

// Makes the forms that the plan asks for, on `threads` threads. O(bytes). Throws Cancelled and std::bad_alloc.
[[nodiscard]] PreparedTable prepare_table(const PersonsView& view, const MatchPlan& plan, const MatchOptions& options,
                                          unsigned threads);

// The bits of PreparedTable::letters for one name.
[[nodiscard]] std::uint32_t letters_of(std::string_view utf8);

}  // namespace matcher
