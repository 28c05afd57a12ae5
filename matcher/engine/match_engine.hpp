// The engine's interface: two tables of persons in, accepted pairs out.
#pragma once

#include <vector>

#include "matcher/engine/match.hpp"
#include "matcher/engine/match_options.hpp"
#include "matcher/model/error.hpp"
#include "matcher/model/persons_view.hpp"

namespace matcher {

// Every pair that options.algorithm accepts, in the order of sort_matches, whatever the number of threads.
//   A1: birthdate, first and last name equal after normalize_text; null never matches.  A2: A1, and middle names equal
//   or both null.  A3: birthdates equal and the case rule on "first middle last".  A4: A3 on "first last".
// Errors: kBadInput (a table of 2^31 rows or more, a threshold outside 0 to 100), kCancelled, kInternal (no memory).
// Time O(rows + candidates); candidates share the finest key that loses nothing (engine/join_key.hpp).
[[nodiscard]] Result<std::vector<Match>> match_persons(const PersonsView& left, const PersonsView& right,
                                                       const MatchOptions& options);

}  // namespace matcher
