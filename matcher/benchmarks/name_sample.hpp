// The names that the micro-benchmarks run on.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "matcher/model/error.hpp"

namespace matcher {

// Two full names as the case rule compares them: bytes, and the same as scalars.
struct NamePair {
  std::string left;
  std::string right;
  std::u32string left_scalars;
  std::u32string right_scalars;
};

struct NameSample {
  std::string source;                 // where the names come from, for the benchmark context
  std::vector<std::string> raw;       // "First Last" as written
  std::vector<std::string> phonetic;  // normalize_for_phonetic of them
  std::vector<NamePair> unrelated;    // ASCII, neighbours in the table
  std::vector<NamePair> misspelt;     // ASCII, a name and itself with one typing error
  std::vector<NamePair> accented;     // as misspelt, with one letter beyond U+00FF
};

// The first and last names of a persons CSV file (columns as read_persons_csv wants them), at most kSampleSize rows.
// Errors: as read_persons_csv; kBadInput if fewer than two rows have a name.
[[nodiscard]] Result<NameSample> read_name_sample(const std::filesystem::path& csv);

// Combinations of frequent names of the 1990 US census.
[[nodiscard]] NameSample built_in_name_sample();

// Small enough to stay in the cache: the benchmarks measure computing, not memory.
inline constexpr std::size_t kSampleSize = 1024;

}  // namespace matcher
