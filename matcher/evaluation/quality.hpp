// How good a result is, measured against the truth.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/engine/match.hpp"
#include "matcher/engine/match_options.hpp"
#include "matcher/evaluation/truth.hpp"
#include "matcher/model/persons_view.hpp"
#include "matcher/parallel/stage_watch.hpp"
#include "matcher/resolution/clusters.hpp"

namespace matcher {

// Precision, recall and F1 of pairs; nothing where a denominator is 0.
struct Quality {
  std::uint64_t found = 0;     // pairs reported as matches
  std::uint64_t correct = 0;   // of them true
  std::uint64_t expected = 0;  // true pairs

  [[nodiscard]] std::optional<double> precision() const;
  [[nodiscard]] std::optional<double> recall() const;
  [[nodiscard]] std::optional<double> f1() const;
};

// Pairs for review do not count. matches: any order. O(matches log true pairs). Throws Cancelled.
[[nodiscard]] Quality measure_quality(std::span<const Match> matches, const Truth& truth, const RunWatch& watch = {});

// Why a true pair is not among the matches; the first that fits.
enum class LossCause : std::uint8_t {
  kBirthdateMissing,  // on either side, for algorithms that compare it
  kBirthdateDiffers,
  kNoKeyAgrees,     // of the blocking keys given
  kRuleRefuses,     // the algorithm does not accept the names
  kBelowThreshold,  // accepted with a lower score
  kForReview,       // accepted with a score between review bound and threshold
  kNotSelected,     // a match, but the selection chose another
  kNoRow,           // an end of it is in no row: left out of the table, or an id that is wrong
};
inline constexpr std::array<std::string_view, 8> kLossCauseNames = {
    "birthdate_missing", "birthdate_differs", "no_key_agrees", "rule_refuses",
    "below_threshold",   "for_review",        "not_selected",  "no_row"};

// Lost true pairs by cause. accepted: all matches of the run; chosen: what the selection left of them. Throws
// Cancelled.
[[nodiscard]] std::array<std::uint64_t, kLossCauseNames.size()> count_losses(
    const PersonsView& left, const PersonsView& right, const MatchOptions& options, std::span<const Match> accepted,
    std::span<const Match> chosen, const Truth& truth);

// What one blocking key can reach.
struct KeyRecall {
  std::string key{};
  std::uint64_t true_pairs = 0;  // that agree on it
  std::uint64_t only_here = 0;   // and on none of the other keys
};

// The same for the pairs that one cluster holds: what a run within one table says when its matches are taken
// transitively.
[[nodiscard]] Quality measure_cluster_quality(const Clusters& clusters, const Truth& truth);

// By key of options.blocking_keys. O(keys x (rows + true pairs)). Throws Cancelled.
[[nodiscard]] std::vector<KeyRecall> measure_keys(const PersonsView& left, const PersonsView& right,
                                                  const MatchOptions& options, const Truth& truth);

}  // namespace matcher
