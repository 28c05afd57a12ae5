// The cascade, level by level.
#include "matcher/reference/cascade.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace matcher::reference {
namespace {

constexpr Algorithm kLevels[] = {Algorithm::kL1, Algorithm::kL2,  Algorithm::kL3, Algorithm::kL4,
                                 Algorithm::kL5, Algorithm::kL6,  Algorithm::kL7, Algorithm::kL8,
                                 Algorithm::kL9, Algorithm::kL10, Algorithm::kL11};

// Ascending, each once.
std::set<Algorithm> levels_asked_for(const CascadeOptions& options) {
  for (const Algorithm level : options.levels) {
    if (!is_level(level)) throw std::invalid_argument("a cascade runs levels L1 to L11 only");
  }
  if (options.levels.empty()) return {std::begin(kLevels), std::end(kLevels)};
  return {options.levels.begin(), options.levels.end()};
}

bool can_run(Algorithm level, const CascadeOptions& options) {
  const std::set<Column> needed = needed_columns(level);
  return std::none_of(needed.begin(), needed.end(), [&](Column c) { return options.absent_columns.contains(c); });
}

std::optional<CascadeError> error_before_start(const CascadeOptions& options, bool is_any_impossible) {
  const bool is_manual = options.missing_columns == MissingColumns::kManual;
  if (is_manual && options.levels.empty()) return CascadeError::kLevelsNotNamed;
  if (options.missing_columns != MissingColumns::kAutoSkip && is_any_impossible) return CascadeError::kMissingColumn;
  return std::nullopt;
}

using Rows = std::set<std::size_t>;

// Rows that have left the run.
struct Gone {
  Rows left;
  Rows right;
};

struct Remaining {
  std::vector<Person> persons;
  std::vector<std::size_t> rows;  // their numbers in the whole table
};

Remaining remaining(std::span<const Person> table, const Rows& gone) {
  Remaining result;
  for (std::size_t row = 0; row < table.size(); ++row) {
    if (gone.contains(row)) continue;
    result.persons.push_back(table[row]);
    result.rows.push_back(row);
  }
  return result;
}

MatchOptions options_of(Algorithm level, const CascadeOptions& options) {
  MatchOptions pairs = options.pairs;
  pairs.algorithm = level;
  pairs.normalizer = is_exact(level) ? options.exact_normalizer : options.case_rule_normalizer;
  return pairs;
}

// The matches of a level among the rows that remain, numbered as in the whole tables; nullopt if cancelled.
std::optional<std::vector<Match>> match_remaining(std::span<const Person> left, std::span<const Person> right,
                                                  const Gone& gone, const MatchOptions& options) {
  const Remaining left_rest = remaining(left, gone.left);
  const Remaining right_rest = remaining(right, gone.right);
  std::optional<std::vector<Match>> found = match(left_rest.persons, right_rest.persons, options);
  if (!found) return std::nullopt;
  for (Match& m : *found) {
    m.left_row = left_rest.rows[m.left_row];
    m.right_row = right_rest.rows[m.right_row];
  }
  return found;
}

void leave(Gone& gone, const std::vector<Match>& matches, bool same_table) {
  for (const Match& m : matches) {
    if (m.decision == Decision::kReview) continue;
    gone.left.insert(m.left_row);
    gone.right.insert(m.right_row);
  }
  if (!same_table) return;
  gone.left.insert(gone.right.begin(), gone.right.end());
  gone.right = gone.left;
}

}  // namespace

std::set<Column> needed_columns(Algorithm level) {
  switch (level) {
    case Algorithm::kL1:
    case Algorithm::kL2:
    case Algorithm::kL10:
      return {Column::kMiddleName};
    case Algorithm::kL4:
    case Algorithm::kL5:
      return {Column::kMiddleName, Column::kBarangayCode};
    case Algorithm::kL6:
      return {Column::kBarangayCode};
    case Algorithm::kL7:
    case Algorithm::kL8:
      return {Column::kMiddleName, Column::kCityCode};
    case Algorithm::kL9:
      return {Column::kCityCode};
    default:
      return {};
  }
}

Cascade run_cascade(std::span<const Person> left, std::span<const Person> right, const CascadeOptions& options) {
  Cascade cascade;
  const std::set<Algorithm> levels = levels_asked_for(options);
  std::copy_if(levels.begin(), levels.end(), std::back_inserter(cascade.impossible),
               [&](Algorithm level) { return !can_run(level, options); });
  std::copy_if(std::begin(kLevels), std::end(kLevels), std::back_inserter(cascade.possible),
               [&](Algorithm level) { return can_run(level, options); });
  cascade.error = error_before_start(options, !cascade.impossible.empty());
  if (cascade.error) return cascade;

  Gone gone;
  for (const Algorithm level : levels) {
    LevelResult& result = cascade.levels.emplace_back();
    result.level = level;
    result.is_skipped = !can_run(level, options);
    if (result.is_skipped) continue;
    auto found = match_remaining(left, right, gone, options_of(level, options));
    if (!found) {
      cascade.error = CascadeError::kCancelled;
      return cascade;
    }
    result.matches = std::move(*found);
    if (options.exclusion == Exclusion::kExclusive) leave(gone, result.matches, options.pairs.same_table);
  }
  return cascade;
}

}  // namespace matcher::reference
