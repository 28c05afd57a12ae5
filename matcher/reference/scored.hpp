// The algorithms that have a score: A3, A4, A7-TIERS, A7-LEVENSHTEIN, MAX3, L10, L11.
#pragma once

#include <optional>

#include "matcher/reference/options.hpp"
#include "matcher/reference/row.hpp"

namespace matcher::reference {

// The verdict on two rows whose birthdates passed the algorithm's test, whatever the threshold; nullopt: not accepted.
// REQUIRES: !is_exact(options.algorithm).
[[nodiscard]] std::optional<CaseScore> score_rows(const Row& left, const Row& right, const MatchOptions& options);

}  // namespace matcher::reference
