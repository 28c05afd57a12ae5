// Cuts the tasks into launches, and runs a launch again that found more than there was room for. The next launch is
// started before the caller gets what the last one found.
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
  least_capacity_ = largest_task(packed);
  if (capacity_ < least_capacity_) {
    auto status = grow({std::max(least_capacity_, options_.first_capacity), least_capacity_});
    if (!status) return status;
  }
  ranges_ = ranges_of(packed);
  DeviceStatus status = start_next(packed, resident);
  while (status && running_) {
    Counts counts;
    if (status = download(&counts, 0, sizeof counts); !status) return status;
    if (counts.matches > capacity_) {
      status = try_again(counts.matches);
      if (status) status = start_next(packed, resident);
      continue;
    }
    if (status = fetch(packed, *running_, counts); !status) return status;
    status = start_next(packed, resident);
    if (!pairs_.empty()) take(pairs_);
  }
  return status;
}

DeviceStatus BlockMatcher::start_next(const PackedBlocks& packed, const ResidentBlocks& resident) {
  running_.reset();
  if (ranges_.empty()) return {};
  if (before_launch) before_launch(counters_.pairs);
  running_ = ranges_.back();
  ranges_.pop_back();
  return start(packed, resident, *running_);
}

// What ran, with room for all its matches, or, where that cannot be had, in two halves. Never one task: there is room
// for it.
DeviceStatus BlockMatcher::try_again(std::uint32_t matches) {
  ++counters_.reruns;
  const Range range = *running_;
  if (matches <= options_.most_capacity) {
    const std::uint32_t before = capacity_;
    DeviceStatus status = grow({matches});
    if (status) ranges_.push_back(range);
    if (status || status.error().failure != DeviceFailure::kOutOfMemory) return status;
    if (status = grow({before, least_capacity_}); !status) return status;
  }
  const std::size_t middle = range.first + (range.end - range.first) / 2;
  ranges_.push_back({range.of_class, middle, range.end});
  ranges_.push_back({range.of_class, range.first, middle});
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

// To the first of them that there is memory for. What was there is released first: both together might not fit.
DeviceStatus BlockMatcher::grow(std::initializer_list<std::uint32_t> capacities) {
  capacity_ = 0;
  DeviceStatus status = results_.close();
  for (const std::uint32_t capacity : capacities) {
    if (!status && status.error().failure != DeviceFailure::kOutOfMemory) return status;
    auto memory = allocate_device(*tracker_, kResultsBegin + std::size_t{capacity} * sizeof(Match), "matches");
    status = memory ? DeviceStatus() : hand_on(memory);
    if (!memory) continue;
    results_ = std::move(*memory);
    capacity_ = capacity;
    break;
  }
  return status;
}

Match* BlockMatcher::device_matches() const {
  return reinterpret_cast<Match*>(static_cast<std::byte*>(results_.get()) + kResultsBegin);
}

DeviceStatus BlockMatcher::start(const PackedBlocks& packed, const ResidentBlocks& resident, const Range& range) {
  auto* const counts = static_cast<std::uint32_t*>(results_.get());
  auto status = check("cudaMemsetAsync", cudaMemsetAsync(counts, 0, sizeof(Counts), stream_.get()));
  if (!status) return status;
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
  if (status = enqueue_blocks(blocks, stream_.get()); !status) return status;
  if (around_kernel) around_kernel(stream_.get());
  ++counters_.launches;
  return {};
}

// Leaves the pairs in pairs_, so that the device's room for matches is free again.
DeviceStatus BlockMatcher::fetch(const PackedBlocks& packed, const Range& range, const Counts& counts) {
  const PackedClass& of_class = packed.classes[range.of_class];
  found_.resize(counts.matches);
  pairs_.clear();
  if (counts.matches > 0) {
    auto status = download(found_.data(), kResultsBegin, found_.size() * sizeof(Match));
    if (!status) return status;
  }
  for (const Match& match : found_) {
    pairs_.push_back({packed.left_rows[match.left], of_class.rows[match.right], match.parts});
  }
  const std::uint32_t pairs = pairs_of_range(of_class.tasks, range.first, range.end);
  counters_.pairs += pairs;
  counters_.scored += options_.pruned ? counts.scored : pairs;
  counters_.matches += counts.matches;
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
