// Runs level after level on the rows that are left.
#include "matcher/cascade/cascade.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <utility>

#include "matcher/engine/match_engine.hpp"
#include "matcher/model/needed_columns.hpp"

namespace matcher {
namespace {

std::vector<int> runnable_levels(const PersonsView& left, const PersonsView& right) {
  std::vector<int> levels;
  for (int level = 1; level <= kLastCascadeLevel; ++level) {
    if (!missing_column(algorithm_of_level(level), left, right)) levels.push_back(level);
  }
  return levels;
}

Result<std::set<int>> levels_of(const CascadeOptions& options) {
  std::set<int> levels(options.levels.begin(), options.levels.end());
  for (int level = 1; options.levels.empty() && level <= kLastCascadeLevel; ++level) levels.insert(level);
  for (const int level : levels) {
    if (level >= 1 && level <= kLastCascadeLevel) continue;
    return fail(ErrorKind::kBadInput, "there is no cascade level {}; choose from 1 to {}", level, kLastCascadeLevel);
  }
  return levels;
}

Status check_columns(const std::set<int>& levels, const PersonsView& left, const PersonsView& right,
                     const CascadeOptions& options) {
  if (options.missing_columns == MissingColumns::kAutoSkip) return {};
  const std::string can_run = fmt::format("{}", fmt::join(runnable_levels(left, right), ","));
  if (options.missing_columns == MissingColumns::kManual && options.levels.empty()) {
    return fail(ErrorKind::kBadInput, "name the levels to run; with these columns {} can run", can_run);
  }
  for (const int level : levels) {
    const auto column = missing_column(algorithm_of_level(level), left, right);
    if (!column) continue;
    return fail(ErrorKind::kBadInput,
                "level {} needs column '{}', which a table lacks; add it, or name levels that can run: {}", level,
                *column, can_run);
  }
  return {};
}

// Which rows are still in.
struct Pool {
  explicit Pool(std::size_t rows) : in(rows, 1) {}

  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(std::count(in.begin(), in.end(), 1)); }

  std::vector<std::uint8_t> in;
};

}  // namespace

MatchOptions options_of_level(int level, const CascadeOptions& options) {
  MatchOptions match;
  match.algorithm = algorithm_of_level(level);
  match.threshold_percent = options.threshold_percent;
  match.threads = options.threads;
  match.is_cancelled = options.is_cancelled;
  match.conventions = options.conventions.of(match.algorithm);
  match.date_test = match.algorithm == Algorithm::kL10 ? options.date_test : DateTest::kEqual;
  match.on_progress = options.on_progress;
  return match;
}

Result<std::vector<CascadeLevel>> levels_to_run(const PersonsView& left, const PersonsView& right,
                                                const CascadeOptions& options) {
  const auto levels = levels_of(options);
  if (!levels) return tl::unexpected(levels.error());
  if (auto status = check_columns(*levels, left, right, options); !status) return hand_on(status);
  std::vector<CascadeLevel> planned;
  for (const int level : *levels) {
    CascadeLevel& one = planned.emplace_back();
    one.level = level;
    one.missing_column = missing_column(algorithm_of_level(level), left, right).value_or("");
  }
  return planned;
}

Result<std::vector<CascadeLevel>> run_cascade(const PersonsView& left, const PersonsView& right,
                                              const CascadeOptions& options) {
  auto levels = levels_to_run(left, right, options);
  if (!levels) return levels;
  Pool left_pool(left.row_count);
  Pool right_pool(right.row_count);
  for (CascadeLevel& level : *levels) {
    level.left_pool = left_pool.size();
    level.right_pool = right_pool.size();
    if (!level.missing_column.empty()) continue;
    MatchOptions match = options_of_level(level.level, options);
    match.left_pool = left_pool.in;
    match.right_pool = right_pool.in;
    auto matches = match_persons(left, right, match);
    if (!matches) return hand_on(matches);
    level.matches = std::move(*matches);
    if (options.mode == CascadeMode::kIndependent) continue;
    for (const Match& pair : level.matches) left_pool.in[pair.left_row] = right_pool.in[pair.right_row] = 0;
  }
  return levels;
}

}  // namespace matcher
