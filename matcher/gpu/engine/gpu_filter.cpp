// Names into blocks, blocks through the device, pairs back to the engine.
#include "matcher/gpu/engine/gpu_filter.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "matcher/engine/row_keys.hpp"
#include "matcher/gpu/device/to_error.hpp"
#include "matcher/text/utf8.hpp"

namespace matcher::gpu {
namespace {

constexpr std::size_t kPairsPerPortion = std::size_t{1} << 16;  // of those that no kernel looks at: 512 KB

// Names of rows without a key are empty: nobody looks at them. Reading them throws Cancelled now and then.
NameSource names_of(const FilterSide& side, const RunWatch& watch) {
  return {side.keys.size(), [&](std::size_t row, std::u32string& buffer) {
            if (row % TextChunks::kRowsPerChunk == 0 && watch.is_cancelled && watch.is_cancelled()) throw Cancelled();
            buffer.clear();
            if (side.keys[row] != kNoKey) decode_utf8(side.names[row], buffer);
            return std::u32string_view(buffer);
          }};
}

// Says how far the work is, and throws Cancelled.
class Watch {
 public:
  Watch(const RunWatch& watch, std::uint64_t pairs) : watch_(watch), pairs_(pairs) {}

  void look(std::uint64_t done) const {
    if (watch_.is_cancelled && watch_.is_cancelled()) throw Cancelled();
    if (watch_.on_progress) watch_.on_progress({"match", done, pairs_, "pairs"});
  }

 private:
  const RunWatch& watch_;
  std::uint64_t pairs_;
};

// All pairs of the blocks as they are.
void hand_over(const BlockedRows& rows, const PairFilter::TakePairs& take, const Watch& watch, std::uint64_t done) {
  std::vector<CandidatePair> pairs;
  const auto flush = [&] {
    done += pairs.size();
    if (!pairs.empty()) take(pairs);
    pairs.clear();
    watch.look(done);
  };
  for (const RowBlock& block : rows.for_host) {
    for (std::uint32_t left = block.left_begin; left < block.left_end; ++left) {
      for (std::uint32_t right = block.right_begin; right < block.right_end; ++right) {
        pairs.push_back({rows.left[left], rows.right[right]});
        if (pairs.size() >= kPairsPerPortion) flush();
      }
    }
  }
  flush();
}

}  // namespace

Result<std::uint64_t> GpuFilter::filter(const FilterJob& job, const TakePairs& take) {
  const NameSource left_names = names_of(job.left, job.watch);
  const NameSource right_names = names_of(job.right, job.watch);
  const Alphabet alphabet = Alphabet::of(left_names, right_names, job.threads);
  const EncodedNames left = encode_names(left_names, alphabet, job.threads);
  const EncodedNames right = encode_names(right_names, alphabet, job.threads);
  const BlockedRows rows = blocked_rows({left, job.left.keys}, {right, job.right.keys}, kNoKey, job.threads);
  const std::uint64_t pairs = pairs_of(rows.for_kernels) + pairs_of(rows.for_host);
  const Watch watch(job.watch, pairs);
  options_.least_percent = job.least_percent;
  auto matcher = BlockMatcher::open(tracker_, options_);
  if (!matcher) return tl::unexpected(to_error(matcher.error()));
  std::vector<CandidatePair> candidates;
  const auto take_scored = [&](std::span<const ScoredPair> scored) {
    candidates.clear();
    for (const ScoredPair& pair : scored) candidates.push_back({pair.left, pair.right});
    take(candidates);
  };
  matcher->before_launch = [&](std::uint64_t done) { watch.look(done); };
  const auto report = run_blocks(*matcher, {left, right, rows, job.threads}, take_scored);
  counters_ = matcher->counters();
  if (!report) return tl::unexpected(to_error(report.error()));
  report_ = *report;
  hand_over(rows, take, watch, counters_.pairs);
  return pairs;
}

}  // namespace matcher::gpu
