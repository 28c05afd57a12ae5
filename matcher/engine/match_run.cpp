// Prepares both tables, joins them pass by pass, tests the candidates.
#include "matcher/engine/match_run.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <memory>
#include <mutex>
#include <numeric>
#include <utility>

#include "matcher/blocking/hash_join.hpp"
#include "matcher/engine/pair_tester.hpp"
#include "matcher/engine/row_keys.hpp"
#include "matcher/parallel/fork_join.hpp"

namespace matcher {
namespace {

// Below this many rows in both tables together one thread is faster: starting another costs about 50 microseconds in
// each of the half dozen steps, as much as preparing a few thousand rows.
constexpr std::size_t kParallelFromRows = 8192;

// 2.5 MB: few calls, and little memory where matches are handed on.
constexpr std::size_t kMatchesPerPortion = 65536;

unsigned threads_for(const MatchOptions& options, std::size_t rows) {
  if (rows < kParallelFromRows) return 1;
  return options.threads == 0 ? available_threads() : options.threads;
}

}  // namespace

MatchRun::MatchRun(const PersonsView& left, const PersonsView& right, MatchPlan plan, MatchOptions options)
    : plan_(std::move(plan)),
      options_(std::move(options)),
      threads_(threads_for(options_, left.row_count + right.row_count)),
      keys_(plan_.passes.size()),
      candidate_counts_(plan_.passes.size()) {
  left_.view = left;
  right_.view = right;
}

void MatchRun::prepare() {
  left_ = prepare_table(left_.view, plan_, options_, threads_);
  right_ = prepare_table(right_.view, plan_, options_, threads_);
  for (std::size_t pass = 0; pass < keys_.size(); ++pass) make_keys(pass);
}

void MatchRun::make_keys(std::size_t pass) {
  const JoinPass& join = plan_.passes[pass];
  keys_[pass].left = row_keys(left_, join.left, options_.left_pool, threads_, options_.is_cancelled);
  keys_[pass].right = row_keys(right_, join.right, options_.right_pool, threads_, options_.is_cancelled);
}

std::vector<Match> MatchRun::match() {
  std::vector<std::vector<Match>> portions;
  for (std::size_t pass = 0; pass < plan_.passes.size(); ++pass) {
    match_pass(pass, [&](std::vector<Match>&& portion) { portions.push_back(std::move(portion)); });
  }
  std::vector<Match> matches;
  matches.reserve(std::accumulate(portions.begin(), portions.end(), std::size_t{0},
                                  [](std::size_t sum, const auto& portion) { return sum + portion.size(); }));
  for (const auto& portion : portions) matches.insert(matches.end(), portion.begin(), portion.end());
  sort_matches(matches, left_.view, right_.view);
  return matches;
}

// What one worker owns.
struct MatchRun::Lane {
  Lane(const MatchRun& run, const TakeMatches& take_matches, std::mutex& take_lock)
      : tester(run.left_, run.right_, run.plan_, run.options_),
        poller(run.options_.is_cancelled),
        take(take_matches),
        lock(take_lock) {}

  void hand_over() {
    if (found.empty()) return;
    const std::lock_guard guard(lock);
    take(std::exchange(found, {}));
  }

  PairTester tester;
  CancelPoller poller;
  const TakeMatches& take;
  std::mutex& lock;
  std::vector<Match> found;
  std::uint64_t candidates = 0;
};

void MatchRun::match_pass(std::size_t pass, const TakeMatches& take) {
  const HashJoin join(keys_[pass].left, keys_[pass].right, kNoKey, threads_);
  std::mutex take_lock;
  std::vector<std::unique_ptr<Lane>> lanes;
  for (unsigned lane = 0; lane < threads_; ++lane) lanes.push_back(std::make_unique<Lane>(*this, take, take_lock));
  std::atomic<std::uint64_t> parts_done = 0;
  fork_join(threads_, join.part_count(), [&](unsigned lane, std::size_t part) {
    join.visit_part(part, [&](const JoinGroup& group) { test_group(pass, group, *lanes[lane]); });
    const std::uint64_t done = ++parts_done;
    if (options_.on_progress) {
      options_.on_progress({"match", pass * join.part_count() + done, plan_.passes.size() * join.part_count()});
    }
  });
  for (const auto& lane : lanes) {
    candidate_counts_[pass] += lane->candidates;
    lane->hand_over();
  }
}

void MatchRun::test_group(std::size_t pass, const JoinGroup& group, Lane& lane) {
  lane.poller.tick();
  for (const std::uint32_t right_row : group.right_rows) {
    if (options_.same_table && right_row <= group.left_row) continue;
    lane.poller.tick();
    if (came_up_before(pass, group.left_row, right_row)) continue;
    ++lane.candidates;
    if (const auto match = lane.tester.test(group.left_row, right_row)) lane.found.push_back(*match);
  }
  if (lane.found.size() >= kMatchesPerPortion) lane.hand_over();
}

bool MatchRun::came_up_before(std::size_t pass, std::uint32_t left_row, std::uint32_t right_row) const {
  if (!plan_.passes_overlap) return false;
  for (std::size_t earlier = 0; earlier < pass; ++earlier) {
    const std::uint64_t key = keys_[earlier].left[left_row];
    if (key != kNoKey && key == keys_[earlier].right[right_row]) return true;
  }
  return false;
}

std::uint64_t MatchRun::candidate_count() const {
  return std::accumulate(candidate_counts_.begin(), candidate_counts_.end(), std::uint64_t{0});
}

}  // namespace matcher
