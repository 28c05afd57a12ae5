// The order of results.
#include "matcher/engine/match.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <tuple>
#include <utility>

namespace matcher {
namespace {

bool ids_ascend(const PersonsView& table) {
  return std::adjacent_find(table.id, table.id + table.row_count, std::greater_equal<>()) == table.id + table.row_count;
}

std::size_t count_of(const MatchPortions& portions) {
  return std::accumulate(portions.begin(), portions.end(), std::size_t{0},
                         [](std::size_t sum, const auto& portion) { return sum + portion.size(); });
}

// Where ids ascend, their order is that of the rows: matches are counted by left row, laid out, and each left row's few
// put in order.
std::vector<Match> sorted_by_rows(const MatchPortions& portions, std::size_t count, std::size_t left_rows) {
  std::vector<std::uint32_t> begins(left_rows + 1);
  for (const auto& portion : portions) {
    for (const Match& match : portion) ++begins[match.left_row];
  }
  std::uint32_t begin = 0;
  for (std::uint32_t& slot : begins) begin += std::exchange(slot, begin);
  std::vector<Match> sorted(count);
  for (const auto& portion : portions) {
    for (const Match& match : portion) sorted[begins[match.left_row]++] = match;
  }
  begin = 0;
  for (std::size_t row = 0; row < left_rows; begin = begins[row++]) {  // begins[row] has moved to the row's end
    std::sort(sorted.begin() + begin, sorted.begin() + begins[row],
              [](const Match& a, const Match& b) { return a.right_row < b.right_row; });
  }
  return sorted;
}

}  // namespace

std::vector<Match> sorted_matches(const MatchPortions& portions, const PersonsView& left, const PersonsView& right) {
  // Counting by row pays if there are not many more rows than matches; 32-bit places hold no more matches than that.
  constexpr std::size_t kRowsPerMatch = 16;
  constexpr std::size_t kMostMatches = 0xffffffff;
  const std::size_t count = count_of(portions);
  const bool counts = left.row_count / kRowsPerMatch <= count && count <= kMostMatches;
  if (counts && ids_ascend(left) && ids_ascend(right)) return sorted_by_rows(portions, count, left.row_count);
  std::vector<Match> matches;
  matches.reserve(count);
  for (const auto& portion : portions) matches.insert(matches.end(), portion.begin(), portion.end());
  std::sort(matches.begin(), matches.end(), [&](const Match& a, const Match& b) {
    return std::tuple(left.id[a.left_row], right.id[a.right_row], a.left_row, a.right_row) <
           std::tuple(left.id[b.left_row], right.id[b.right_row], b.left_row, b.right_row);
  });
  return matches;
}

}  // namespace matcher
