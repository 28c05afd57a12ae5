// The best pair of each row, and pairs one by one.
#include "matcher/reference/selection.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace matcher::reference {

std::vector<Match> select_best(std::span<const Match> pairs) {
  const auto is_better = [](const Match& a, const Match& b) {
    if (a.score != b.score) return a.score > b.score;
    return std::tie(a.right_id, a.right_row) < std::tie(b.right_id, b.right_row);
  };
  std::vector<Match> chosen;
  std::map<std::size_t, Match> best;  // by left row
  for (const Match& m : pairs) {
    if (m.decision == Decision::kReview) {
      chosen.push_back(m);
    } else if (!best.contains(m.left_row) || is_better(m, best[m.left_row])) {
      best[m.left_row] = m;
    }
  }
  for (const auto& [left_row, m] : best) chosen.push_back(m);
  sort_matches(chosen);
  return chosen;
}

std::vector<Match> select_greedy(std::span<const Match> pairs, bool same_table) {
  std::vector<Match> by_score(pairs.begin(), pairs.end());
  sort_matches(by_score);
  std::stable_sort(by_score.begin(), by_score.end(), [](const Match& a, const Match& b) { return a.score > b.score; });
  std::vector<Match> chosen;
  std::set<std::size_t> left_taken;
  std::set<std::size_t> right_taken;
  for (const Match& m : by_score) {
    if (m.decision == Decision::kReview) {
      chosen.push_back(m);
      continue;
    }
    const bool is_free = !left_taken.contains(m.left_row) && !right_taken.contains(m.right_row);
    const bool is_free_elsewhere = !left_taken.contains(m.right_row) && !right_taken.contains(m.left_row);
    if (!is_free || (same_table && !is_free_elsewhere)) continue;
    left_taken.insert(m.left_row);
    right_taken.insert(m.right_row);
    chosen.push_back(m);
  }
  sort_matches(chosen);
  return chosen;
}

}  // namespace matcher::reference
