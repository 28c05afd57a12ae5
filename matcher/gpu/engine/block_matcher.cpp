// Cuts the tasks into launches, and runs a launch again that found more than there was room for.
#include "matcher/gpu/engine/block_matcher.hpp"

#include <algorithm>
#include <utility>

#include "matcher/gpu/kernels/threshold.hpp"

namespace matcher::gpu {
namespace {

constexpr std::size_t kResultsBegin = 16;  // behind Counts, aligned for Match
// More blocks than are resident at once (at most 5 a multiprocessor, block_tasks.cuh), so that tasks of unequal length
// even out. Not measured on a GPU.
constexpr unsigned kBlocksPerMultiprocessor = 16;

std::uint32_t pairs_of_range(const std::vector<WarpTask>& tasks, std::size_t first, std::size_t end) {
  std::uint64_t pairs = 0;
  for (std::size_t i = first; i < end; ++i) pairs += pairs_of(tasks[i]);
  return static_cast<std::uint32_t>(pairs);  // fits: most_pairs_per_launch, or one task
}

std::uint32_t largest_task(const PackedBlocks& packed) {
  std::uint32_t most = 1;
  for (const PackedClass& of_class : packed.classes) {
    for (const WarpTask& task : of_class.tasks) most = std::max(most, pairs_of(task));
  }
  return most;
}

}  // namespace

DeviceResult<BlockMatcher> BlockMatcher::open(ResourceTracker& tracker, BlockMatchOptions options) {
  BlockMatcher matcher(tracker, options);
  int device = 0;
  if (auto status = check("cudaGetDevice", cudaGetDevice(&device)); !status) return hand_on(status);
  int multiprocessors = 0;
  auto status =
      check("cudaDeviceGetAttribute", cudaDeviceGetAttribute(&multiprocessors, cudaDevAttrMultiProcessorCount, device));
  if (!status) return hand_on(status);
  matcher.most_blocks_ = std::max(1U, static_cast<unsigned>(multiprocessors) * kBlocksPerMultiprocessor);
  auto stream = create_stream(tracker, "blocks");
  if (!stream) return hand_on(stream);
  matcher.stream_ = std::move(*stream);
  return matcher;
}

DeviceResult<ResidentBlocks> BlockMatcher::upload(const PackedBlocks& packed) {
  auto resident = ResidentBlocks::upload(*tracker_, stream_.get(), packed);
  if (resident) counters_.upload_bytes += resident->bytes();
  return resident;
}

DeviceStatus BlockMatcher::match(const PackedBlocks& packed, const ResidentBlocks& resident, const TakeScored& take) {
  const std::uint32_t least = largest_task(packed);
  if (capacity_ < least) {
    DeviceStatus status = grow(std::max(least, options_.first_capacity));
    if (!status && status.error().failure == DeviceFailure::kOutOfMemory) status = grow(least);
    if (!status) return status;
  }
  std::vector<Range> ranges = ranges_of(packed);
  while (!ranges.empty()) {
    if (before_launch) before_launch(counters_.pairs);
    const Range range = ranges.back();
    ranges.pop_back();
    auto counts = run(packed, resident, range);
    if (!counts) return hand_on(counts);
    if (counts->matches <= capacity_) {
      if (auto status = hand_over(packed, range, *counts, take); !status) return status;
      continue;
    }
    if (auto status = try_again(range, counts->matches, ranges); !status) return status;
  }
  return {};
}

// With room for all matches, or, where that cannot be had, in two halves. Never of one task, for which there is room.
DeviceStatus BlockMatcher::try_again(const Range& range, std::uint32_t matches, std::vector<Range>& ranges) {
  ++counters_.reruns;
  if (matches <= options_.most_capacity) {
    const std::uint32_t before = capacity_;
    DeviceStatus status = grow(matches);
    if (status) ranges.push_back(range);
    if (status || status.error().failure != DeviceFailure::kOutOfMemory) return status;
    if (status = grow(before); !status) return status;
  }
  const std::size_t middle = range.first + (range.end - range.first) / 2;
  ranges.push_back({range.of_class, middle, range.end});
  ranges.push_back({range.of_class, range.first, middle});
  return {};
}

// From the last to the first, as they are taken from the back.
std::vector<BlockMatcher::Range> BlockMatcher::ranges_of(const PackedBlocks& packed) const {
  std::vector<Range> ranges;
  for (std::size_t of_class = 0; of_class < packed.classes.size(); ++of_class) {
    const std::vector<WarpTask>& tasks = packed.classes[of_class].tasks;
    std::size_t first = 0;
    std::uint64_t pairs = 0;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      if (i > first && pairs + pairs_of(tasks[i]) > options_.most_pairs_per_launch) {
        ranges.push_back({of_class, first, i});
        first = i;
        pairs = 0;
      }
      pairs += pairs_of(tasks[i]);
    }
    if (first < tasks.size()) ranges.push_back({of_class, first, tasks.size()});
  }
  std::reverse(ranges.begin(), ranges.end());
  return ranges;
}

// What was there is released first: both together might not fit.
DeviceStatus BlockMatcher::grow(std::uint32_t capacity) {
  capacity_ = 0;
  if (auto status = results_.close(); !status) return status;
  auto memory = allocate_device(*tracker_, kResultsBegin + std::size_t{capacity} * sizeof(Match), "matches");
  if (!memory) return hand_on(memory);
  results_ = std::move(*memory);
  capacity_ = capacity;
  return {};
}

Match* BlockMatcher::device_matches() const {
  return reinterpret_cast<Match*>(static_cast<std::byte*>(results_.get()) + kResultsBegin);
}

DeviceResult<BlockMatcher::Counts> BlockMatcher::run(const PackedBlocks& packed, const ResidentBlocks& resident,
                                                     const Range& range) {
  auto* const counts = static_cast<std::uint32_t*>(results_.get());
  auto status = check("cudaMemsetAsync", cudaMemsetAsync(counts, 0, sizeof(Counts), stream_.get()));
  if (!status) return hand_on(status);
  const ResidentBlocks::Class& of_class = resident.of_class(range.of_class);
  const BlockLaunch blocks{.left = resident.left(),
                           .right = of_class.tiles,
                           .tasks = {of_class.tasks + range.first, static_cast<std::uint32_t>(range.end - range.first)},
                           .output = {threshold_of(options_.least_percent), device_matches(), counts, capacity_},
                           .scored = counts + 1,
                           .slots = packed.classes[range.of_class].slots,
                           .five_bits = packed.five_bits,
                           .pruned = options_.pruned,
                           .most_blocks = most_blocks_};
  if (around_kernel) around_kernel(stream_.get());
  if (status = enqueue_blocks(blocks, stream_.get()); !status) return hand_on(status);
  if (around_kernel) around_kernel(stream_.get());
  ++counters_.launches;
  Counts found;
  if (status = download(&found, 0, sizeof found); !status) return hand_on(status);
  return found;
}

DeviceStatus BlockMatcher::hand_over(const PackedBlocks& packed, const Range& range, const Counts& counts,
                                     const TakeScored& take) {
  const PackedClass& of_class = packed.classes[range.of_class];
  const std::uint32_t pairs = pairs_of_range(of_class.tasks, range.first, range.end);
  counters_.pairs += pairs;
  counters_.scored += options_.pruned ? counts.scored : pairs;
  counters_.matches += counts.matches;
  if (counts.matches == 0) return {};
  found_.resize(counts.matches);
  if (auto status = download(found_.data(), kResultsBegin, found_.size() * sizeof(Match)); !status) return status;
  pairs_.clear();
  for (const Match& match : found_) {
    pairs_.push_back({packed.left_rows[match.left], of_class.rows[match.right], match.parts});
  }
  take(pairs_);
  return {};
}

DeviceStatus BlockMatcher::download(void* to, std::size_t offset, std::size_t bytes) {
  const auto* const from = static_cast<const std::byte*>(results_.get()) + offset;
  auto status = check("cudaMemcpyAsync", cudaMemcpyAsync(to, from, bytes, cudaMemcpyDeviceToHost, stream_.get()));
  // Whatever came of it: nothing may write to `to` any more when this returns.
  const auto waited = check("cudaStreamSynchronize", cudaStreamSynchronize(stream_.get()));
  if (!status) return status;
  if (waited) counters_.download_bytes += bytes;
  return waited;
}

}  // namespace matcher::gpu
