// `matcher match`: two CSV files in, accepted pairs out.
#pragma once

#include <cstddef>
#include <filesystem>

#include "matcher/engine/match_options.hpp"
#include "matcher/model/error.hpp"

namespace matcher {

struct MatchRequest {
  std::filesystem::path left;
  std::filesystem::path right;
  std::filesystem::path output;  // "-": standard output
  MatchOptions options;
};

struct MatchSummary {
  std::size_t left_rows = 0;
  std::size_t right_rows = 0;
  std::size_t pairs = 0;
};

// Reads both files (at once, given two threads), matches, writes. Nothing is written unless everything before
// succeeded. Errors: those of read_persons_csv, match_persons and write_matches_csv.
[[nodiscard]] Result<MatchSummary> run_match(const MatchRequest& request);

}  // namespace matcher
