// Runs the tasks of resident blocks and hands over what may reach a threshold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <vector>

#include "matcher/gpu/device/resources.hpp"
#include "matcher/gpu/engine/enqueue_blocks.hpp"
#include "matcher/gpu/engine/resident_blocks.hpp"
#include "matcher/similarity/packed_parts.hpp"

namespace matcher::gpu {

// Rows of the caller's tables.
struct ScoredPair {
  std::uint32_t left = 0;
  std::uint32_t right = 0;
  PackedParts parts = 0;
};
using TakeScored = std::function<void(std::span<const ScoredPair>)>;

struct BlockMatchOptions {
  double least_percent = 0;  // of the greater of Levenshtein and Jaro-Winkler
  bool pruned = true;        // by the presence of letters; loses nothing
  // One launch scores no more: the device is looked at between launches for a cancelled run, and a count of matches has
  // 32 bits. At a tenth of what the integer units could do it would take half a second (not measured).
  std::uint64_t most_pairs_per_launch = std::uint64_t{1} << 30;
  // Room for matches at first: 12 MiB. A launch that finds more is run again with room for all of them.
  std::uint32_t first_capacity = std::uint32_t{1} << 20;
  // The most room: 384 MiB on the device, and three times that on the host. A launch that finds more is divided.
  std::uint32_t most_capacity = std::uint32_t{1} << 25;
};

struct BlockCounters {
  std::uint64_t pairs = 0;    // in tasks that were run to their end
  std::uint64_t scored = 0;   // of them, what the presence of letters let pass; all without pruning
  std::uint64_t matches = 0;  // handed over
  std::uint64_t launches = 0;
  std::uint64_t reruns = 0;  // for lack of room for matches
  std::uint64_t upload_bytes = 0;
  std::uint64_t download_bytes = 0;
};

// Call order: open match*. Move-only, not thread-safe.
class BlockMatcher {
 public:
  // tracker outlives the matcher. Errors: CUDA's.
  [[nodiscard]] static DeviceResult<BlockMatcher> open(ResourceTracker& tracker, BlockMatchOptions options);

  // Calls take with every pair of the tasks that may reach the threshold, once, in no order, while the device works on
  // the next launch; it may throw. `resident` was uploaded from `packed` by this stream. Errors: CUDA's; pairs that
  // were handed over before are not taken back. Too little memory for all matches of a launch divides the launch; it is
  // an error only where no task's would fit.
  [[nodiscard]] DeviceStatus match(const PackedBlocks& packed, const ResidentBlocks& resident, const TakeScored& take);

  // Uploads, and counts it.
  [[nodiscard]] DeviceResult<ResidentBlocks> upload(const PackedBlocks& packed);

  [[nodiscard]] cudaStream_t stream() const { return stream_.get(); }
  [[nodiscard]] const BlockCounters& counters() const { return counters_; }

  // Before a launch, while nothing is in flight, with the pairs done by then; may throw. May be empty.
  std::function<void(std::uint64_t)> before_launch;
  // Right before and right after the kernel in its stream, for clocks. May be empty.
  std::function<void(cudaStream_t)> around_kernel;

 private:
  // Tasks [first, end) of a class.
  struct Range {
    std::size_t of_class = 0;
    std::size_t first = 0;
    std::size_t end = 0;
  };
  // What a launch counts, in this order at the start of the results.
  struct Counts {
    std::uint32_t matches = 0;
    std::uint32_t scored = 0;
  };

  BlockMatcher(ResourceTracker& tracker, BlockMatchOptions options) : tracker_(&tracker), options_(options) {}
  [[nodiscard]] std::vector<Range> ranges_of(const PackedBlocks& packed) const;
  [[nodiscard]] DeviceStatus start_next(const PackedBlocks& packed, const ResidentBlocks& resident);
  [[nodiscard]] DeviceStatus try_again(std::uint32_t matches);
  [[nodiscard]] DeviceStatus grow(std::initializer_list<std::uint32_t> capacities);
  [[nodiscard]] DeviceStatus start(const PackedBlocks& packed, const ResidentBlocks& resident, const Range& range);
  [[nodiscard]] DeviceStatus fetch(const PackedBlocks& packed, const Range& range, const Counts& counts);
  [[nodiscard]] DeviceStatus download(void* to, std::size_t offset, std::size_t bytes);
  [[nodiscard]] Match* device_matches() const;

  ResourceTracker* tracker_;
  BlockMatchOptions options_;
  unsigned most_blocks_ = 1;
  Stream stream_;
  DeviceMemory results_;  // Counts, then matches
  std::uint32_t capacity_ = 0;
  std::uint32_t least_capacity_ = 1;  // all pairs of the largest task
  std::vector<Range> ranges_;         // to be started, the next one last
  std::optional<Range> running_;
  std::vector<Match> found_;
  std::vector<ScoredPair> pairs_;
  BlockCounters counters_;
};

}  // namespace matcher::gpu
