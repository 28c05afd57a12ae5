// Selections of matches.
#include "matcher/resolution/selection.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "matcher/resolution/assignment.hpp"

namespace matcher {
namespace {

constexpr double kUnitsPerPercent = 1e9;
constexpr std::string_view kStage = "choose";

// Matches come by left id, then right id, then rows: of a left row's equal scores the first has the lesser right id.
std::vector<bool> best_per_left_row(std::span<const Match> matches, std::size_t left_rows, const RunWatch& watch) {
  StageWatch stage(kStage, matches.size(), watch, "pairs");
  constexpr std::size_t kNone = ~std::size_t{0};
  std::vector<std::size_t> best(left_rows, kNone);
  for (std::size_t i = 0; i < matches.size(); ++i) {
    stage.tick();
    if (matches[i].for_review) continue;
    std::size_t& leader = best[matches[i].left_row];
    if (leader == kNone || matches[i].score > matches[leader].score) leader = i;
  }
  std::vector<bool> kept(matches.size());
  for (const std::size_t i : best) {
    if (i != kNone) kept[i] = true;
  }
  return kept;
}

std::vector<bool> greedy(std::span<const Match> matches, std::size_t left_rows, std::size_t right_rows,
                         const RunWatch& watch) {
  std::vector<std::uint32_t> order(matches.size());
  std::iota(order.begin(), order.end(), 0U);
  // Matches are sorted by ids and rows already, so equal scores need only keep their order.
  StageWatch sorting("sort", 0, watch, "comparisons");
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    sorting.tick();
    return matches[a].score > matches[b].score;
  });
  StageWatch stage(kStage, matches.size(), watch, "pairs");
  std::vector<bool> left_taken(left_rows);
  std::vector<bool> right_taken(right_rows);
  std::vector<bool> kept(matches.size());
  for (const std::uint32_t i : order) {
    stage.tick();
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

std::vector<bool> optimal(std::span<const Match> matches, std::size_t left_rows, std::size_t right_rows,
                          const RunWatch& watch) {
  RowNumbers lefts(left_rows);
  RowNumbers rights(right_rows);
  std::vector<WeightedEdge> edges;
  std::vector<std::size_t> origin;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    if (matches[i].for_review) continue;
    const auto weight = static_cast<std::int64_t>(std::llround(matches[i].score * kUnitsPerPercent));
    if (weight <= 0) continue;  // a pair that scores nothing adds nothing
    edges.push_back({lefts.number(matches[i].left_row), rights.number(matches[i].right_row), weight});
    origin.push_back(i);
  }
  const std::vector<bool> chosen = heaviest_assignment(edges, watch);
  std::vector<bool> kept(matches.size());
  for (std::size_t i = 0; i < edges.size(); ++i) kept[origin[i]] = chosen[i];
  return kept;
}

}  // namespace

std::vector<bool> choose_matches(std::span<const Match> matches, Selection selection, std::size_t left_rows,
                                 std::size_t right_rows, const RunWatch& watch) {
  std::vector<bool> kept;
  switch (selection) {
    case Selection::kAll:
      return std::vector<bool>(matches.size(), true);
    case Selection::kBest:
      kept = best_per_left_row(matches, left_rows, watch);
      break;
    case Selection::kGreedy:
      kept = greedy(matches, left_rows, right_rows, watch);
      break;
    case Selection::kOptimal:
      kept = optimal(matches, left_rows, right_rows, watch);
      break;
  }
  for (std::size_t i = 0; i < matches.size(); ++i) {
    if (matches[i].for_review) kept[i] = true;
  }
  return kept;
}

std::vector<Match> select_matches(std::vector<Match> matches, Selection selection, std::size_t left_rows,
                                  std::size_t right_rows, const RunWatch& watch) {
  if (selection == Selection::kAll) return matches;
  const std::vector<bool> kept = choose_matches(matches, selection, left_rows, right_rows, watch);
  std::size_t count = 0;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    if (kept[i]) matches[count++] = matches[i];
  }
  matches.resize(count);
  return matches;
}

}  // namespace matcher
