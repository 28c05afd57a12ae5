// A row as the algorithms see it: everything that concerns one person only, made once per row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matcher/reference/case_rule.hpp"
#include "matcher/reference/options.hpp"
#include "matcher/reference/person.hpp"

namespace matcher::reference {

using Text = std::optional<std::string>;

struct NameParts {
  Text first;
  Text middle;
  Text last;
};

// What a row agrees on with others under one blocking key: the value of each of its parts.
using KeyValues = std::vector<std::string>;

struct Row {
  std::size_t number = 0;  // of the row in its table
  std::int64_t id = 0;
  std::optional<std::int32_t> birthdate_days;
  NameParts normal;    // normal forms
  NameParts compared;  // A1 and A2: what is compared for equality, the normal forms or normalize_simple of them
  // L1 to L11; null where the row takes no part in levels that ask for it.
  Text full_middle;      // the normal form of a full middle name
  Text middle_initials;  // in lower case
  Text barangay;         // normalize_text of the code
  Text city;
  CaseName name;                               // of algorithms that compare full names
  std::vector<std::optional<KeyValues>> keys;  // one for each of the blocking keys of the run
};

[[nodiscard]] Row make_row(const Person& person, std::size_t number, const MatchOptions& options);

// After '.' is removed at both ends at least two characters are not white space ("J." is none, "Jo." is one).
[[nodiscard]] bool is_full_middle_name(const std::string& normal_form);

// The first ASCII letter of each token, in lower case ("de la Cruz" -> "dlc"); null if there is none.
[[nodiscard]] Text initials(const std::string& normal_form);

// normalize_text; null if null or blank.
[[nodiscard]] Text place_code(const Text& column);

}  // namespace matcher::reference
