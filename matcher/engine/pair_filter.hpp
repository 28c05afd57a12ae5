// A place outside of the engine, a GPU for instance, that looks through a join and hands back the pairs worth testing.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "matcher/engine/match_options.hpp"
#include "matcher/engine/match_plan.hpp"
#include "matcher/engine/text_chunks.hpp"
#include "matcher/model/error.hpp"
#include "matcher/parallel/stage_watch.hpp"

namespace matcher {

struct CandidatePair {
  std::uint32_t left_row = 0;
  std::uint32_t right_row = 0;
};

struct FilterSide {
  const TextChunks& names;
  std::span<const std::uint64_t> keys;  // of kNoKey: the row joins with nothing
};

struct FilterJob {
  FilterSide left;
  FilterSide right;
  double least_percent = 0.0;  // see least_name_percent
  unsigned threads = 1;
  RunWatch watch;  // done and total in pairs
};

class PairFilter {
 public:
  using TakePairs = std::function<void(std::span<const CandidatePair>)>;

  virtual ~PairFilter() = default;
  // Calls take, from the calling thread, with pairs of rows of equal keys, each at most once, in no order. May leave
  // out pairs whose names' Levenshtein percent (over bytes) and Jaro-Winkler percent are both below job.least_percent.
  // Returns the number of pairs of equal keys. Throws Cancelled, and what take throws. Errors: of the device; what was
  // handed over by then is incomplete.
  [[nodiscard]] virtual Result<std::uint64_t> filter(const FilterJob& job, const TakePairs& take) = 0;
};

// Why runs with these options have no use for a filter; empty: they can have one.
[[nodiscard]] std::optional<std::string> why_not_filtered(const MatchOptions& options);

// What the greater of Levenshtein percent and Jaro-Winkler percent of two full names reaches in every pair that the
// case rule accepts with plan.least_percent. Two of three must agree, hence one of these two reaches 85 %; and (Lev +
// JW + 100) / 3 must reach the score.
[[nodiscard]] double least_name_percent(const MatchPlan& plan);

}  // namespace matcher
