// The optimal one-to-one choice: every choice is tried, one left row after the other.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

#include "matcher/reference/components.hpp"
#include "matcher/reference/selection.hpp"

namespace matcher::reference {
namespace {

constexpr std::size_t kMostAnswers = 30'000;  // kept at once; 12 x 2^11 are needed for 12 x 12 rows that all match

// The pairs of one connected component.
class Search {
 public:
  explicit Search(bool same_table) : same_table_(same_table) {}

  void add(const Match& m) {
    pairs_of_[m.left_row].push_back(m);
    std::size_t& last_use = last_use_[m.right_row];
    last_use = std::max({last_use, m.left_row, same_table_ ? m.right_row : 0});
  }

  // Adds the best choice to the selection.
  void choose(OptimalSelection& selection) {
    std::set<std::size_t> taken;
    selection.score_sum += greatest_sum(0, taken);
    for (std::size_t index = 0; index < pairs_of_.size(); ++index) {
      const Match* chosen = best_pair(index, taken);
      if (chosen == nullptr) continue;
      taken.insert(chosen->right_row);
      selection.matches.push_back(*chosen);
    }
  }

 private:
  [[nodiscard]] const std::pair<const std::size_t, std::vector<Match>>& group(std::size_t index) const {
    return *std::next(pairs_of_.begin(), static_cast<std::ptrdiff_t>(index));
  }

  // The pairs of the index-th left row that are still possible.
  [[nodiscard]] std::vector<const Match*> possible_pairs(std::size_t index, const std::set<std::size_t>& taken) const {
    std::vector<const Match*> possible;
    const auto& [left_row, pairs] = group(index);
    if (same_table_ && taken.contains(left_row)) return possible;
    for (const Match& m : pairs) {
      if (!taken.contains(m.right_row)) possible.push_back(&m);
    }
    return possible;
  }

  // What the left rows from the index-th on can still bring.
  std::int64_t greatest_sum(std::size_t index, std::set<std::size_t> taken) {
    if (index == pairs_of_.size()) return 0;
    const std::size_t left_row = group(index).first;
    std::erase_if(taken, [&](std::size_t row) { return last_use_.at(row) < left_row; });  // they matter no more
    const auto known = sums_.find({index, taken});
    if (known != sums_.end()) return known->second;
    std::int64_t greatest = greatest_sum(index + 1, taken);
    for (const Match* m : possible_pairs(index, taken)) greatest = std::max(greatest, sum_with(*m, index, taken));
    if (sums_.size() == kMostAnswers) throw std::length_error("too many connected rows for an exhaustive search");
    sums_[{index, taken}] = greatest;
    return greatest;
  }

  std::int64_t sum_with(const Match& m, std::size_t index, std::set<std::size_t> taken) {
    taken.insert(m.right_row);
    return score_units(m.score) + greatest_sum(index + 1, taken);
  }

  // The pair of the index-th left row in a best choice; null if it stays alone.
  const Match* best_pair(std::size_t index, const std::set<std::size_t>& taken) {
    for (const Match* m : possible_pairs(index, taken)) {
      if (sum_with(*m, index, taken) == greatest_sum(index, taken)) return m;
    }
    return nullptr;
  }

  bool same_table_;
  std::map<std::size_t, std::vector<Match>> pairs_of_;  // by left row
  std::map<std::size_t, std::size_t> last_use_;         // by right row: the last left row that may ask for it
  std::map<std::pair<std::size_t, std::set<std::size_t>>, std::int64_t> sums_;  // by index and rows taken
};

// Rows as nodes: right rows of another table lie behind the left ones.
std::vector<Edge> edges_of(std::span<const Match> pairs, bool same_table) {
  std::size_t first_right = 0;
  for (const Match& m : pairs) first_right = std::max(first_right, m.left_row + 1);
  std::vector<Edge> edges;
  for (const Match& m : pairs) edges.emplace_back(m.left_row, m.right_row + (same_table ? 0 : first_right));
  return edges;
}

}  // namespace

std::int64_t score_units(double score_percent) {
  return std::llround(score_percent * 1e9);
}

OptimalSelection select_optimal(std::span<const Match> pairs, bool same_table) {
  OptimalSelection selection;
  std::vector<Match> candidates;
  for (const Match& m : pairs) (m.decision == Decision::kMatch ? candidates : selection.matches).push_back(m);
  sort_matches(candidates);

  const std::map<std::size_t, std::size_t> component = least_reachable_nodes(edges_of(candidates, same_table));
  std::map<std::size_t, Search> searches;
  for (const Match& m : candidates) searches.try_emplace(component.at(m.left_row), same_table).first->second.add(m);
  for (auto& [least, search] : searches) search.choose(selection);
  sort_matches(selection.matches);
  return selection;
}

}  // namespace matcher::reference
