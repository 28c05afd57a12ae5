// The cascade: levels L1 to L11 one after another.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/engine/match.hpp"
#include "matcher/engine/match_options.hpp"
#include "matcher/model/error.hpp"
#include "matcher/model/persons_view.hpp"

namespace matcher {

// Exclusive: rows in a match of a level leave before the next. Independent: every level on all rows.
enum class CascadeMode : std::uint8_t { kExclusive, kIndependent };
// What a level does that needs a column which a table lacks; see docs/algorithms.md, "Cascade".
enum class MissingColumns : std::uint8_t { kAutoSkip, kManual, kAbort };

inline constexpr std::array<std::string_view, 2> kCascadeModeNames = {"exclusive", "independent"};
inline constexpr std::array<std::string_view, 3> kMissingColumnsNames = {"auto-skip", "manual", "abort"};

struct CascadeOptions {
  std::vector<int> levels{};  // 1 to 11; empty: all. Run in ascending order, each once
  CascadeMode mode = CascadeMode::kExclusive;
  MissingColumns missing_columns = MissingColumns::kAutoSkip;
  double threshold_percent = 95.0;        // of L10 and L11
  DateTest date_test = DateTest::kEqual;  // of L10: equal or swap
  ConventionChoice conventions{};
  unsigned threads = 0;
  CancelCallback is_cancelled{};
  ProgressCallback on_progress{};
};

struct CascadeLevel {
  int level = 0;
  std::string missing_column{};  // not empty: the level was skipped for the want of it
  std::vector<Match> matches{};  // in the order of sorted_matches
  std::size_t left_pool = 0;     // rows that took part
  std::size_t right_pool = 0;
};

// What run_match is asked for a level; all rows take part.
[[nodiscard]] MatchOptions options_of_level(int level, const CascadeOptions& options);

// The levels asked for, ascending, with their missing columns and nothing else. Errors: kBadInput for a level that does
// not exist or, as missing_columns says, cannot run.
[[nodiscard]] Result<std::vector<CascadeLevel>> levels_to_run(const PersonsView& left, const PersonsView& right,
                                                              const CascadeOptions& options);

// Every level asked for, ascending. Errors: those of run_match and levels_to_run.
[[nodiscard]] Result<std::vector<CascadeLevel>> run_cascade(const PersonsView& left, const PersonsView& right,
                                                            const CascadeOptions& options);

}  // namespace matcher
