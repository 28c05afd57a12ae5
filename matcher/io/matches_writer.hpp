// Writes accepted pairs as CSV.
#pragma once

#include <filesystem>
#include <span>

#include "matcher/engine/match.hpp"
#include "matcher/model/error.hpp"
#include "matcher/model/persons_view.hpp"

namespace matcher {

// Header left_id,right_id,score,case, then one line per match in the given order; score in percent with six decimals.
// path "-" is standard output; see write_output for atomicity. Errors: kInternal.
[[nodiscard]] Status write_matches_csv(const std::filesystem::path& path, std::span<const Match> matches,
                                       const PersonsView& left, const PersonsView& right);

}  // namespace matcher
