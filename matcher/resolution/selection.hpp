// Chooses among the matches of a run: all, the best per left row, or one to one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "matcher/engine/match.hpp"
#include "matcher/parallel/stage_watch.hpp"

namespace matcher {

enum class Selection : std::uint8_t { kAll, kBest, kGreedy, kOptimal };

inline constexpr std::array<std::string_view, 4> kSelectionNames = {"all", "best", "greedy", "optimal"};

// The chosen matches, in the order given. Pairs for review stay as they are. matches: in the order of sorted_matches.
//   kBest: for each left row the pair with the greatest score; ties by lesser right id, then lesser right row.
//   kGreedy: pairs by descending score, then left id, right id, left row, right row; kept if neither row is taken.
//   kOptimal: the one-to-one choice with the greatest sum of scores, each rounded to 1e-9 percent.
// REQUIRES: rows are below left_rows and right_rows. all, best O(n), greedy O(n log n), optimal O(left x pairs x log
// pairs) within each connected component of the pairs. Source of kOptimal: R. Jonker, A. Volgenant, "A shortest
// augmenting path algorithm for dense and sparse linear assignment problems", Computing 38 (1987). Throws Cancelled.
[[nodiscard]] std::vector<Match> select_matches(std::vector<Match> matches, Selection selection, std::size_t left_rows,
                                                std::size_t right_rows, const RunWatch& watch = {});

// The same as a choice: for each match whether it is kept.
[[nodiscard]] std::vector<bool> choose_matches(std::span<const Match> matches, Selection selection,
                                               std::size_t left_rows, std::size_t right_rows,
                                               const RunWatch& watch = {});

}  // namespace matcher
