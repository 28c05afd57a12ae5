// Precision, recall, and what became of the true pairs that are missing.
#include "matcher/evaluation/quality.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "matcher/engine/match_engine.hpp"
#include "matcher/engine/match_plan.hpp"
#include "matcher/engine/pair_tester.hpp"
#include "matcher/engine/prepared_table.hpp"
#include "matcher/engine/row_keys.hpp"
#include "matcher/rules/birthdate_tier.hpp"

namespace matcher {
namespace {

using RowPairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

std::optional<double> ratio(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

RowPairs rows_of(std::span<const Match> matches, bool for_review) {
  RowPairs rows;
  for (const Match& match : matches) {
    if (match.for_review == for_review) rows.emplace_back(match.left_row, match.right_row);
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

bool contains(const RowPairs& sorted, const std::pair<std::uint32_t, std::uint32_t>& pair) {
  return std::binary_search(sorted.begin(), sorted.end(), pair);
}

// Algorithms whose rule does not look at birthdates.
bool ignores_birthdates(const MatchOptions& options) {
  return options.date_test == DateTest::kAny ||
         (options.algorithm >= Algorithm::kL4 && options.algorithm <= Algorithm::kL9);
}

bool birthdates_pass(std::int32_t left, std::int32_t right, const MatchOptions& options) {
  if (options.algorithm == Algorithm::kA7Tiers) return birthdate_tier(left, right).has_value();
  return left == right || (options.date_test == DateTest::kSwap && same_date_or_swapped(left, right));
}

std::optional<LossCause> birthdate_cause(const PersonsView& left, std::size_t left_row, const PersonsView& right,
                                         std::size_t right_row, const MatchOptions& options) {
  if (ignores_birthdates(options)) return std::nullopt;
  if (!left.birthdate.valid(left_row) || !right.birthdate.valid(right_row)) return LossCause::kBirthdateMissing;
  if (birthdates_pass(left.birthdate.days[left_row], right.birthdate.days[right_row], options)) return std::nullopt;
  return LossCause::kBirthdateDiffers;
}

// Both tables in every form that a plan needs, and the keys of its passes by row.
struct Keyed {
  MatchPlan plan;
  PreparedTable left;
  PreparedTable right;
  std::vector<std::vector<std::uint64_t>> left_keys;
  std::vector<std::vector<std::uint64_t>> right_keys;

  Keyed(const PersonsView& left_view, const PersonsView& right_view, const MatchOptions& options)
      : plan(make_plan(options).value()),
        left(prepare_table(left_view, plan, options, 1)),
        right(prepare_table(right_view, plan, options, 1)) {
    for (const JoinPass& pass : plan.passes) {
      left_keys.push_back(row_keys(left, pass.left, {}, 1, options.is_cancelled));
      right_keys.push_back(row_keys(right, pass.right, {}, 1, options.is_cancelled));
    }
  }

  [[nodiscard]] bool agrees(std::size_t key, std::size_t left_row, std::size_t right_row) const {
    return left_keys[key][left_row] != kNoKey && left_keys[key][left_row] == right_keys[key][right_row];
  }
  [[nodiscard]] std::size_t agreements(std::size_t left_row, std::size_t right_row) const {
    std::size_t count = 0;
    for (std::size_t key = 0; key < left_keys.size(); ++key) count += agrees(key, left_row, right_row) ? 1U : 0U;
    return count;
  }
};

}  // namespace

std::optional<double> Quality::precision() const {
  return ratio(correct, found);
}
std::optional<double> Quality::recall() const {
  return ratio(correct, expected);
}
std::optional<double> Quality::f1() const {
  return ratio(2 * correct, found + expected);
}

Quality measure_quality(std::span<const Match> matches, const Truth& truth, const RunWatch& watch) {
  StageWatch stage("compare with the truth", matches.size(), watch, "pairs");
  Quality quality{.expected = truth.pairs.size() + truth.pairs_without_row};
  for (const Match& match : matches) {
    stage.tick();
    if (match.for_review) continue;
    ++quality.found;
    if (contains(truth.pairs, {match.left_row, match.right_row})) ++quality.correct;
  }
  return quality;
}

Quality measure_cluster_quality(const Clusters& clusters, const Truth& truth) {
  Quality quality{.expected = truth.pairs.size() + truth.pairs_without_row};
  for (const Clusters::Cluster& cluster : clusters.clusters) {
    quality.found += std::uint64_t{cluster.size} * (cluster.size - 1) / 2;
  }
  for (const auto& [left_row, right_row] : truth.pairs) {
    if (clusters.cluster_of_row[left_row] == clusters.cluster_of_row[right_row]) ++quality.correct;
  }
  return quality;
}

std::array<std::uint64_t, kLossCauseNames.size()> count_losses(const PersonsView& left, const PersonsView& right,
                                                               const MatchOptions& options,
                                                               std::span<const Match> accepted,
                                                               std::span<const Match> chosen, const Truth& truth) {
  const RowPairs matched = rows_of(accepted, false);
  const RowPairs reviewed = rows_of(accepted, true);
  const RowPairs kept = rows_of(chosen, false);
  MatchOptions at_any_score = options;
  at_any_score.threshold_percent = 0.0;
  at_any_score.review_percent.reset();
  const Keyed keyed(left, right, at_any_score);
  PairTester tester(keyed.left, keyed.right, keyed.plan, at_any_score);
  std::array<std::uint64_t, kLossCauseNames.size()> losses{};
  losses[static_cast<std::size_t>(LossCause::kNoRow)] = truth.pairs_without_row;
  const auto cause_of = [&](std::uint32_t left_row, std::uint32_t right_row) {
    if (contains(matched, {left_row, right_row})) return LossCause::kNotSelected;
    if (contains(reviewed, {left_row, right_row})) return LossCause::kForReview;
    if (const auto cause = birthdate_cause(left, left_row, right, right_row, options)) return *cause;
    if (!options.blocking_keys.empty() && keyed.agreements(left_row, right_row) == 0) return LossCause::kNoKeyAgrees;
    return tester.test(left_row, right_row) ? LossCause::kBelowThreshold : LossCause::kRuleRefuses;
  };
  const RunWatch watch{options.is_cancelled, options.on_progress};
  StageWatch stage("look for causes", truth.pairs.size(), watch, "pairs");
  for (const auto& [left_row, right_row] : truth.pairs) {
    stage.tick();
    if (!contains(kept, {left_row, right_row})) ++losses[static_cast<std::size_t>(cause_of(left_row, right_row))];
  }
  return losses;
}

std::vector<KeyRecall> measure_keys(const PersonsView& left, const PersonsView& right, const MatchOptions& options,
                                    const Truth& truth) {
  std::vector<KeyRecall> keys;
  if (options.blocking_keys.empty()) return keys;
  const Keyed keyed(left, right, options);
  const RunWatch watch{options.is_cancelled, options.on_progress};
  StageWatch stage("measure keys", options.blocking_keys.size() * truth.pairs.size(), watch, "pairs");
  for (std::size_t key = 0; key < options.blocking_keys.size(); ++key) {
    KeyRecall& recall = keys.emplace_back(KeyRecall{options.blocking_keys[key].text, 0, 0});
    for (const auto& [left_row, right_row] : truth.pairs) {
      stage.tick();
      if (!keyed.agrees(key, left_row, right_row)) continue;
      ++recall.true_pairs;
      if (keyed.agreements(left_row, right_row) == 1) ++recall.only_here;
    }
  }
  return keys;
}

}  // namespace matcher
