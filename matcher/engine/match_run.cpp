// Prepares both tables, joins them pass by pass, tests the candidates.
#include "matcher/engine/match_run.hpp"

#include <algorithm>
#include <atomic>
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

// Below this many rows in both tables together one thread does it all. Medians of 21 runs (A3, people-1m cut short):
// 10,000 rows 5.8 ms on one thread and 5.6 on two, 20,000 rows 10.7 and 9.9, 40,000 rows 22.8 and 17.6.
constexpr std::size_t kParallelFromRows = 8192;

// 2.5 MB: few calls, and little memory where matches are handed on.
constexpr std::size_t kMatchesPerPortion = 65536;

constexpr std::size_t kPairsPerBatch = 4096;  // 32 KB
// How many pairs the places of texts, and then the texts, are loaded ahead. Other distances were not measured.
constexpr std::size_t kFarAhead = 24;
constexpr std::size_t kNearAhead = 12;

unsigned threads_for(const MatchOptions& options, std::size_t rows) {
  if (rows < kParallelFromRows) return 1;
  return options.threads == 0 ? available_threads() : options.threads;
}

}  // namespace

MatchRun::MatchRun(const PersonsView& left, const PersonsView& right, MatchPlan plan, MatchOptions options)
    : plan_(std::move(plan)),
      options_(std::move(options)),
      threads_(threads_for(options_, left.row_count + right.row_count)),
      is_part_(!options_.left_numbers.empty()),
      keys_(plan_.passes.size()),
      candidate_counts_(plan_.passes.size()) {
  left_.view = left;
  other_.view = right;
}

void MatchRun::prepare() {
  left_ = prepare_table(left_.view, plan_, options_, threads_);
  if (!options_.same_table) other_ = prepare_table(other_.view, plan_, options_, threads_);
  for (std::size_t pass = 0; pass < keys_.size() && plan_.passes_overlap; ++pass) keys_[pass] = make_keys(pass);
}

MatchRun::Keys MatchRun::make_keys(std::size_t pass) const {
  return make_keys(plan_.passes[pass].left, plan_.passes[pass].right);
}

MatchRun::Keys MatchRun::make_keys(std::span<const KeyPart> left, std::span<const KeyPart> right_parts) const {
  return {row_keys(left_, left, options_.left_pool, threads_, options_.is_cancelled),
          row_keys(right(), right_parts, options_.right_pool, threads_, options_.is_cancelled)};
}

std::vector<Match> MatchRun::match() {
  MatchPortions portions;
  for (std::size_t pass = 0; pass < plan_.passes.size(); ++pass) {
    match_pass(pass, [&](std::vector<Match>&& portion) { portions.push_back(std::move(portion)); });
  }
  return sorted_matches(portions, left_.view, right().view);
}

// What one worker owns.
struct MatchRun::Lane {
  Lane(const MatchRun& run, const TakeMatches& take_matches, std::mutex& take_lock)
      : tester(run.left_, run.right(), run.plan_, run.options_),
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
  std::vector<Pair> pairs;  // to be tested
  std::vector<Match> found;
  std::uint64_t candidates = 0;
};

std::vector<std::unique_ptr<MatchRun::Lane>> MatchRun::make_lanes(const TakeMatches& take, std::mutex& lock) const {
  std::vector<std::unique_ptr<Lane>> lanes;
  for (unsigned lane = 0; lane < threads_; ++lane) lanes.push_back(std::make_unique<Lane>(*this, take, lock));
  return lanes;
}

void MatchRun::match_pass(std::size_t pass, const TakeMatches& take) {
  const Keys own = plan_.passes_overlap ? Keys{} : make_keys(pass);
  const Keys& keys = plan_.passes_overlap ? keys_[pass] : own;
  const HashJoin join(keys.left, keys.right, kNoKey, threads_);
  std::mutex take_lock;
  const std::vector<std::unique_ptr<Lane>> lanes = make_lanes(take, take_lock);
  std::atomic<std::uint64_t> parts_done = 0;
  fork_join(threads_, join.part_count(), [&](unsigned lane, std::size_t part) {
    join.visit_part(part, [&](const JoinGroup& group) { add_pairs(pass, group, *lanes[lane]); });
    test_pairs(*lanes[lane]);
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

void MatchRun::add_pairs(std::size_t pass, const JoinGroup& group, Lane& lane) {
  lane.poller.tick();
  for (const std::uint32_t partner : group.partners) {
    const Pair pair = group.row_is_left ? Pair{group.row, partner} : Pair{partner, group.row};
    if (!counts_once(pair)) continue;
    if (came_up_before(pass, pair.left_row, pair.right_row)) continue;
    lane.pairs.push_back(pair);
    if (lane.pairs.size() >= kPairsPerBatch) test_pairs(lane);
  }
}

// Within one table a pair comes up both ways round, and a row with itself.
bool MatchRun::counts_once(const Pair& pair) const {
  if (options_.same_table && pair.right_row <= pair.left_row) return false;
  return !is_part_ || options_.right_numbers[pair.right_row] > options_.left_numbers[pair.left_row];
}

Result<std::vector<Match>> MatchRun::match_filtered(PairFilter& filter) {
  MatchPortions portions;
  std::vector<std::uint64_t> counts;
  std::mutex lock;
  const TakeMatches take = [&](std::vector<Match>&& portion) { portions.push_back(std::move(portion)); };
  const std::vector<std::unique_ptr<Lane>> lanes = make_lanes(take, lock);
  for (const PassGroup& group : pass_groups(plan_, options_)) {
    const Keys keys = make_keys(group.left, group.right);
    const FilterJob job{.left = {left_.full_name, keys.left},
                        .right = {right().full_name, keys.right},
                        .least_percent = least_name_percent(plan_),
                        .threads = threads_,
                        .watch = {options_.is_cancelled, options_.on_progress}};
    const auto count = filter.filter(job, [&](std::span<const CandidatePair> pairs) { test_filtered(pairs, lanes); });
    if (!count) return tl::unexpected(count.error());
    counts.push_back(*count);
  }
  for (const auto& lane : lanes) lane->hand_over();
  candidate_counts_ = std::move(counts);
  return sorted_matches(portions, left_.view, right().view);
}

void MatchRun::test_filtered(std::span<const CandidatePair> pairs,
                             const std::vector<std::unique_ptr<Lane>>& lanes) const {
  fork_join(threads_, (pairs.size() + kPairsPerBatch - 1) / kPairsPerBatch, [&](unsigned number, std::size_t batch) {
    Lane& lane = *lanes[number];
    const std::size_t first = batch * kPairsPerBatch;
    for (const CandidatePair& candidate : pairs.subspan(first, std::min(kPairsPerBatch, pairs.size() - first))) {
      const Pair pair{candidate.left_row, candidate.right_row};
      if (counts_once(pair)) lane.pairs.push_back(pair);
    }
    test_pairs(lane);
  });
}

// Pairs lie all over the tables: what the tests will read is loaded some pairs ahead.
void MatchRun::test_pairs(Lane& lane) {
  const std::size_t count = lane.pairs.size();
  for (std::size_t i = 0; i < count + kFarAhead; ++i) {
    if (i < count) lane.tester.prefetch_places(lane.pairs[i].left_row, lane.pairs[i].right_row);
    if (i >= kNearAhead && i - kNearAhead < count) {
      const Pair& near = lane.pairs[i - kNearAhead];
      lane.tester.prefetch_texts(near.left_row, near.right_row);
    }
    if (i < kFarAhead) continue;
    const Pair& pair = lane.pairs[i - kFarAhead];
    lane.poller.tick();
    if (const auto match = lane.tester.test(pair.left_row, pair.right_row)) lane.found.push_back(*match);
  }
  lane.candidates += count;
  lane.pairs.clear();
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
