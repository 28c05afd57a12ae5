// The algorithms that compare names for equality: A1, A2, L1 to L9.
#pragma once

#include "matcher/reference/options.hpp"
#include "matcher/reference/row.hpp"

namespace matcher::reference {

// Whether the algorithm accepts two rows, birthdates apart. REQUIRES: is_exact(options.algorithm).
[[nodiscard]] bool accepts_exactly(const Row& left, const Row& right, const MatchOptions& options);

}  // namespace matcher::reference
