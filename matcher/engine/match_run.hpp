// One run of the engine, step by step: for callers that time the steps or take the passes one by one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "matcher/blocking/hash_join.hpp"
#include "matcher/engine/match.hpp"
#include "matcher/engine/match_options.hpp"
#include "matcher/engine/match_plan.hpp"
#include "matcher/engine/pair_filter.hpp"
#include "matcher/engine/prepared_table.hpp"
#include "matcher/model/persons_view.hpp"

namespace matcher {

// Call order: prepare match_filtered? match+ | prepare match_pass*. Methods throw Cancelled, std::bad_alloc and
// std::system_error (no thread); after that only destruction is legal.
class MatchRun {
 public:
  // The columns and pools must outlive the object. REQUIRES: both tables have fewer than 2^31 rows; plan is
  // make_plan(options).
  MatchRun(const PersonsView& left, const PersonsView& right, MatchPlan plan, MatchOptions options);

  // Everything that depends on each table alone: normal forms, sounds, keys.
  void prepare();

  // Every accepted pair, in the order of sorted_matches, whatever the number of threads.
  [[nodiscard]] std::vector<Match> match();

  // The same by way of a filter, group of passes by group (pass_groups), which is one join each. Errors: the filter's;
  // match() may be called then. REQUIRES: !why_not_filtered(options).
  [[nodiscard]] Result<std::vector<Match>> match_filtered(PairFilter& filter);

  // The accepted pairs of one join that no earlier join brings up, in any order, handed over in portions; one call of
  // take at a time, from any thread.
  using TakeMatches = std::function<void(std::vector<Match>&& portion)>;
  void match_pass(std::size_t pass, const TakeMatches& take);

  // Pairs that were looked at, by pass, over all calls; after match_filtered by group of passes.
  [[nodiscard]] const std::vector<std::uint64_t>& candidate_counts() const { return candidate_counts_; }
  [[nodiscard]] std::uint64_t candidate_count() const;
  [[nodiscard]] const MatchPlan& plan() const { return plan_; }

 private:
  struct Keys {
    std::vector<std::uint64_t> left;
    std::vector<std::uint64_t> right;
  };

  struct Pair {
    std::uint32_t left_row;
    std::uint32_t right_row;
  };
  struct Lane;

  [[nodiscard]] const PreparedTable& right() const { return options_.same_table ? left_ : other_; }
  [[nodiscard]] Keys make_keys(std::size_t pass) const;
  [[nodiscard]] Keys make_keys(std::span<const KeyPart> left, std::span<const KeyPart> right_parts) const;
  [[nodiscard]] std::vector<std::unique_ptr<Lane>> make_lanes(const TakeMatches& take, std::mutex& lock) const;
  void add_pairs(std::size_t pass, const JoinGroup& group, Lane& lane);
  [[nodiscard]] bool counts_once(const Pair& pair) const;
  void test_filtered(std::span<const CandidatePair> pairs, const std::vector<std::unique_ptr<Lane>>& lanes) const;
  static void test_pairs(Lane& lane);
  [[nodiscard]] bool came_up_before(std::size_t pass, std::uint32_t left_row, std::uint32_t right_row) const;

  MatchPlan plan_;
  MatchOptions options_;
  unsigned threads_;
  bool is_part_;  // of one table, see MatchOptions::left_numbers
  PreparedTable left_;
  PreparedTable other_;     // the right table, unless it is the left one
  std::vector<Keys> keys_;  // by pass, if passes overlap; otherwise each pass makes its own
  std::vector<std::uint64_t> candidate_counts_;
};

}  // namespace matcher
