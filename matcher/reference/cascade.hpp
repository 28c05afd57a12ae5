// The cascade: levels L1 to L11 one after the other.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <vector>

#include "matcher/reference/match.hpp"

namespace matcher::reference {

enum class Exclusion {
  kExclusive,    // rows that are in a match of a level leave before the next
  kIndependent,  // every level on all rows
};

// Columns that a table may lack.
enum class Column { kMiddleName, kBarangayCode, kCityCode };

// What happens to levels that need a column which one of the tables lacks.
enum class MissingColumns {
  kAutoSkip,  // skipped and reported
  kManual,    // the levels must be named, and naming such a level is an error
  kAbort,     // any such level among those asked for is an error
};

struct CascadeOptions {
  MatchOptions pairs = {};             // algorithm and normalizer are set here for each level
  std::vector<Algorithm> levels = {};  // in any order; none: not named, all of L1 to L11
  Exclusion exclusion = Exclusion::kExclusive;
  MissingColumns missing_columns = MissingColumns::kAutoSkip;
  std::set<Column> absent_columns = {};                 // in either table
  Normalizer exact_normalizer = Normalizer::kText;      // L1 to L9
  Normalizer case_rule_normalizer = Normalizer::kText;  // L10 and L11
};

struct LevelResult {
  Algorithm level = Algorithm::kL1;
  bool is_skipped = false;
  std::vector<Match> matches;  // row numbers are those of the whole tables; pairs for review included
};

enum class CascadeError { kLevelsNotNamed, kMissingColumn, kCancelled };

struct Cascade {
  std::optional<CascadeError> error;  // then no level ran
  std::vector<Algorithm> impossible;  // levels among those asked for that lack a column
  std::vector<Algorithm> possible;    // all levels that could be asked for
  std::vector<LevelResult> levels;    // ascending
};

[[nodiscard]] std::set<Column> needed_columns(Algorithm level);

// Throws std::invalid_argument if one of options.levels is not a level.
[[nodiscard]] Cascade run_cascade(std::span<const Person> left, std::span<const Person> right,
                                  const CascadeOptions& options);

}  // namespace matcher::reference
