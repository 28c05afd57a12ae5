// Selections of matches.
#include "matcher/resolution/selection.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "matcher/resolution/assignment.hpp"

namespace matcher {
namespace {

constexpr double kUnitsPerPercent = 1e9;

std::vector<bool> best_per_left_row(const std::vector<Match>& matches, const PersonsView& right) {
  std::vector<bool> kept(matches.size());
  std::unordered_map<std::uint32_t, std::size_t> best;  // by left row
  const auto is_better = [&](const Match& a, const Match& b) {
    if (a.score != b.score) return a.score > b.score;
    return std::pair(right.id[a.right_row], a.right_row) < std::pair(right.id[b.right_row], b.right_row);
  };
  for (std::size_t i = 0; i < matches.size(); ++i) {
    if (matches[i].for_review) continue;
    const auto [found, is_new] = best.try_emplace(matches[i].left_row, i);
    if (!is_new && is_better(matches[i], matches[found->second])) found->second = i;
  }
  for (const auto& [row, i] : best) kept[i] = true;
  return kept;
}

std::vector<bool> greedy(const std::vector<Match>& matches, const PersonsView& left, const PersonsView& right) {
  std::vector<std::uint32_t> order(matches.size());
  std::iota(order.begin(), order.end(), 0U);
  // Matches are sorted by ids and rows already, so equal scores need only keep their order.
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return matches[a].score > matches[b].score; });
  std::vector<bool> left_taken(left.row_count);
  std::vector<bool> right_taken(right.row_count);
  std::vector<bool> kept(matches.size());
  for (const std::uint32_t i : order) {
    const Match& match = matches[i];
    if (match.for_review || left_taken[match.left_row] || right_taken[match.right_row]) continue;
    left_taken[match.left_row] = right_taken[match.right_row] = kept[i] = true;
  }
  return kept;
}

// Numbers rows in order of appearance.
class RowNumbers {
 public:
  explicit RowNumbers(std::size_t rows) : numbers_(rows, kUnnumbered) {}
  [[nodiscard]] std::uint32_t number(std::uint32_t row) {
    if (numbers_[row] == kUnnumbered) numbers_[row] = count_++;
    return numbers_[row];
  }

 private:
  static constexpr std::uint32_t kUnnumbered = ~std::uint32_t{0};
  std::vector<std::uint32_t> numbers_;
  std::uint32_t count_ = 0;
};

std::vector<bool> optimal(const std::vector<Match>& matches, const PersonsView& left, const PersonsView& right) {
  RowNumbers lefts(left.row_count);
  RowNumbers rights(right.row_count);
  std::vector<WeightedEdge> edges;
  std::vector<std::size_t> origin;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    if (matches[i].for_review) continue;
    const auto weight = static_cast<std::int64_t>(std::llround(matches[i].score * kUnitsPerPercent));
    if (weight <= 0) continue;  // a pair that scores nothing adds nothing
    edges.push_back({lefts.number(matches[i].left_row), rights.number(matches[i].right_row), weight});
    origin.push_back(i);
  }
  const std::vector<bool> chosen = heaviest_assignment(edges);
  std::vector<bool> kept(matches.size());
  for (std::size_t i = 0; i < edges.size(); ++i) kept[origin[i]] = chosen[i];
  return kept;
}

}  // namespace

std::vector<Match> select_matches(std::vector<Match> matches, Selection selection, const PersonsView& left,
                                  const PersonsView& right) {
  std::vector<bool> kept;
  switch (selection) {
    case Selection::kAll:
      return matches;
    case Selection::kBest:
      kept = best_per_left_row(matches, right);
      break;
    case Selection::kGreedy:
      kept = greedy(matches, left, right);
      break;
    case Selection::kOptimal:
      kept = optimal(matches, left, right);
      break;
  }
  std::size_t count = 0;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    if (kept[i] || matches[i].for_review) matches[count++] = matches[i];
  }
  matches.resize(count);
  return matches;
}

}  // namespace matcher
