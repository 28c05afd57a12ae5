// Axis "submission": how the copies and kernels of a tile get into its stream.
#pragma once

#include <cuda_runtime_api.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "matcher/gpu/device/device_error.hpp"
#include "matcher/gpu/device/resource_tracker.hpp"
#include "matcher/gpu/device/tile.hpp"

namespace matcher::gpu {

enum class SubmissionChoice {
  kPerTile,  // every copy and kernel by a call of its own
  kGraph,    // recorded once, then one launch per tile
};

struct Copy {
  void* to = nullptr;
  const void* from = nullptr;
  std::size_t bytes = 0;
};

struct TileWork {
  DeviceTile tile;
  std::vector<Copy> uploads;
  std::vector<Copy> downloads;
  bool staged = false;  // all copies use staging memory, so that the next tile's have the same addresses
};

struct SubmissionCounters {
  std::uint64_t tiles = 0;
  std::uint64_t copies = 0;  // calls; those inside of a replayed graph are none
  std::uint64_t upload_bytes = 0;
  std::uint64_t download_bytes = 0;
  std::uint64_t kernel_enqueues = 0;  // calls of the caller's EnqueueKernels
  std::uint64_t captures = 0;
  std::uint64_t replays = 0;  // graph launches
};

// Call order: (begin submit*)*. Not thread-safe.
class Submission {
 public:
  virtual ~Submission() = default;
  // Forgets what belongs to other kernels.
  virtual void begin() {}
  // Errors: CUDA's, and those of enqueue; part of the work may be in the stream then.
  [[nodiscard]] virtual DeviceStatus submit(const TileWork& work, const EnqueueKernels& enqueue) = 0;
  [[nodiscard]] const SubmissionCounters& counters() const { return counters_; }

 protected:
  [[nodiscard]] DeviceStatus copy(const std::vector<Copy>& copies, cudaMemcpyKind direction, cudaStream_t stream);
  [[nodiscard]] DeviceStatus run(const TileWork& work, const EnqueueKernels& enqueue);
  void count_bytes(const TileWork& work);

  SubmissionCounters counters_;
};

// tracker outlives the result.
[[nodiscard]] std::unique_ptr<Submission> make_submission(SubmissionChoice choice, ResourceTracker& tracker);

}  // namespace matcher::gpu
