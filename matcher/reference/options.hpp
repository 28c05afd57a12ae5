// Everything that a run of the reference matcher can be asked for.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "matcher/reference/algorithm.hpp"
#include "matcher/reference/dates.hpp"
#include "matcher/reference/levenshtein.hpp"
#include "matcher/reference/normalize.hpp"

namespace matcher::reference {

struct MatchOptions {
  Algorithm algorithm = Algorithm::kA3;
  // A pair is a match if score / 100 >= threshold_percent / 100, both rounded to float; exact algorithms do not ask.
  double threshold_percent = 95.0;
  // Asked once per row read and once per left row compared; may be empty.
  std::function<bool()> is_cancelled;
  // Used as given, L10 and L11 too: the audited program's way with them, raw, is for the caller to ask for.
  Normalizer normalizer = Normalizer::kText;
  LengthUnit length_unit = LengthUnit::kBytes;           // that Lev% divides by
  std::size_t code_length = 4;                           // of a sound; 0: no limit
  bool direct_normalization = false;                     // A1 and A2: normalize_simple after the normalizer
  bool null_equals_null = true;                          // A1 and A2 with direct_normalization: first and last names
  BirthdateTest birthdate_test = BirthdateTest::kEqual;  // A3, A4, MAX3; L10, where kAny means kEqual
  // A pair below the threshold is reported for review if its score reaches this.
  std::optional<double> review_percent = {};
  // Only pairs that agree on one of the keys are looked at ("birthyear+soundex(last)"); none: every pair.
  std::vector<std::string> blocking_keys = {};
  // The right table is the left table: only pairs whose left row comes before the right row.
  bool same_table = false;
};

}  // namespace matcher::reference
