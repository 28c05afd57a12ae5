// Two small tables and the options of a run, read from the bytes of a fuzzer; for the engine and for the oracle.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/engine/match_options.hpp"
#include "matcher/model/persons_table.hpp"
#include "matcher/reference/options.hpp"
#include "matcher/reference/person.hpp"

namespace matcher::fuzz {

struct CaseTable {
  std::vector<reference::Person> persons;
  std::vector<std::uint8_t> pool;  // 0: the row takes no part

  [[nodiscard]] PersonsTable columns() const;
};

struct EngineCase {
  CaseTable left;
  CaseTable right;
  MatchOptions options;  // without pools
};

// Any bytes make a case. Line 1 is one character for each of algorithm (A to R), normalizer, length unit, null equals
// null, direct normalization, same table, date test, threshold, review bound, code length, and then one for each
// blocking key. Each further line is a row: id, date, first, middle, last, barangay, city; a line that begins with '='
// begins the right table, one that begins with '!' is not in the pool. In a field '~' makes it null, '^' stands for the
// same field of the row above, in the right table of the left row at the same place, and bytes from 0x80 on each stand
// for something that is hard for a matcher.
[[nodiscard]] EngineCase decode_case(std::string_view bytes);

// What the oracle is asked, where the engine is asked `options`.
[[nodiscard]] reference::MatchOptions reference_options(const MatchOptions& options);

// For the report of a difference.
[[nodiscard]] std::string shown(const EngineCase& engine_case);

}  // namespace matcher::fuzz
