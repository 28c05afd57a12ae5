// Everything that decides about one pair, laid open.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/engine/match_options.hpp"
#include "matcher/model/error.hpp"
#include "matcher/model/persons_view.hpp"
#include "matcher/rules/case_rule.hpp"

namespace matcher {

// A value of both rows, as text; null where a row has none.
struct ExplainedValue {
  std::string name;
  std::array<std::optional<std::string>, 2> values;
};

// How two full names compare.
struct ExplainedNames {
  bool with_middle = false;
  std::array<std::string, 2> full_names{};
  std::array<std::string, 2> sounds{};
  std::uint32_t distance = 0;
  double levenshtein_percent = 0.0;
  double jaro_percent = 0.0;
  double jaro_winkler_percent = 0.0;
  bool sounds_agree = false;
};

struct ExplainedVerdict {
  Algorithm algorithm = Algorithm::kA1;
  bool accepted = false;  // at threshold 0
  Rule rule = Rule::kExact;
  double score = 0.0;
};

struct ExplainedKey {
  std::string key;
  bool agrees = false;
};

struct Explanation {
  std::vector<ExplainedValue> values;      // columns, normal forms, codes
  std::array<ExplainedNames, 2> names;     // with middle name, without
  std::vector<ExplainedVerdict> verdicts;  // of every algorithm
  std::vector<ExplainedKey> keys;          // options.blocking_keys
  std::optional<double> birthdate_tier;
};

// options: conventions (for values, names and keys), date test and blocking keys are used; verdicts follow the
// conventions that `choice` has for their algorithm. Errors: kBadInput.
[[nodiscard]] Result<Explanation> explain_pair(const PersonsView& left, std::size_t left_row, const PersonsView& right,
                                               std::size_t right_row, const MatchOptions& options,
                                               const ConventionChoice& choice);

}  // namespace matcher
