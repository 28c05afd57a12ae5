// The order of results.
#include "matcher/engine/match.hpp"

#include <algorithm>
#include <tuple>

namespace matcher {

void sort_matches(std::span<Match> matches, const PersonsView& left, const PersonsView& right) {
  const auto before = [&](const Match& a, const Match& b) {
    return std::tuple(left.id[a.left_row], right.id[a.right_row], a.left_row, a.right_row) <
           std::tuple(left.id[b.left_row], right.id[b.right_row], b.left_row, b.right_row);
  };
  // Tables are usually in id order; then the engine has found the pairs in this order already.
  if (!std::is_sorted(matches.begin(), matches.end(), before)) std::sort(matches.begin(), matches.end(), before);
}

}  // namespace matcher
