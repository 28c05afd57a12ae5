// Takes a job through the device tile by tile: the axes put together, two tiles in flight per stream.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "matcher/gpu/device/device_buffers.hpp"
#include "matcher/gpu/device/host_memory.hpp"
#include "matcher/gpu/device/resources.hpp"
#include "matcher/gpu/device/stream_wait.hpp"
#include "matcher/gpu/device/submission.hpp"
#include "matcher/gpu/device/tile.hpp"

namespace matcher::gpu {

struct PipelineOptions {
  HostMemoryChoice host_memory = HostMemoryChoice::kPageable;
  DeviceBufferChoice device_buffers = DeviceBufferChoice::kPerTile;
  WaitChoice wait = WaitChoice::kStream;
  SubmissionChoice submission = SubmissionChoice::kPerTile;
  unsigned streams = 1;  // 1 to 4: more than upload, kernel and download cannot overlap
  std::size_t tile_items = std::size_t{1} << 20;
  std::size_t smallest_tile_items = 1;  // out of memory is an error below it
  std::size_t most_pinned_bytes = pinned_limit(physical_memory_bytes());
  SteadyNow now = std::chrono::steady_clock::now;
  Pauses pauses = thread_pauses();
};

// Since the pipeline was opened.
struct PipelineReport {
  std::uint64_t items = 0;
  std::uint64_t tiles = 0;
  std::uint64_t halvings = 0;      // of the tile, for lack of memory
  std::size_t tile_items = 0;      // what the last run ended with
  std::uint64_t staged_bytes = 0;  // copied by the host into and out of staging memory
  BufferCounters buffers;
  HostCounters host;
  WaitCounters wait;
  SubmissionCounters submission;
};

// Call order: open run*. Move-only, not thread-safe.
class TilePipeline {
 public:
  // tracker outlives the pipeline. Errors: CUDA's. REQUIRES: 1 <= streams <= 4, 1 <= smallest_tile_items <= tile_items.
  [[nodiscard]] static DeviceResult<TilePipeline> open(ResourceTracker& tracker, PipelineOptions options);

  // Fills the job's outputs. When it returns, with an error or without, nothing of the job is in flight. Too little
  // memory halves the tile and goes on. Errors: CUDA's, those of enqueue; the outputs are undefined then.
  [[nodiscard]] DeviceResult<PipelineReport> run(const Job& job, const EnqueueKernels& enqueue);
  [[nodiscard]] PipelineReport report() const;

  TilePipeline(TilePipeline&&) = default;
  TilePipeline& operator=(TilePipeline&&) = delete;  // would release streams before what needs them

 private:
  struct StagedOutput {
    std::byte* to;
    const std::byte* from;
    std::size_t bytes;
  };
  // What one tile in flight holds.
  struct Slot {
    cudaStream_t stream = nullptr;
    Event done;
    bool busy = false;
    TileWork work;
    std::vector<DeviceBlock> blocks;
    std::vector<HostRange> staging;
    std::vector<StagedOutput> outputs;
  };

  TilePipeline(ResourceTracker& tracker, PipelineOptions options);
  [[nodiscard]] DeviceStatus open_slots();
  [[nodiscard]] DeviceStatus run_tiles(const Job& job, const EnqueueKernels& enqueue);
  [[nodiscard]] DeviceStatus start(Slot& slot, const Job& job, std::size_t first, std::size_t items,
                                   const EnqueueKernels& enqueue);
  [[nodiscard]] DeviceStatus add_input(Slot& slot, const InputArray& array, std::size_t first, std::size_t items);
  [[nodiscard]] DeviceStatus add_output(Slot& slot, const OutputArray& array, std::size_t first, std::size_t items);
  [[nodiscard]] DeviceResult<HostRange> stage(Slot& slot, std::size_t bytes);
  [[nodiscard]] DeviceResult<HostRange> share(Slot& slot, std::size_t bytes);
  [[nodiscard]] DeviceStatus finish(Slot& slot);
  [[nodiscard]] DeviceStatus finish_all();
  [[nodiscard]] DeviceStatus give_back(Slot& slot);
  void abandon(Slot& slot);

  ResourceTracker* tracker_;
  PipelineOptions options_;
  std::vector<Stream> streams_;  // before what is released in their order
  std::unique_ptr<HostMemory> host_;
  std::unique_ptr<DeviceBuffers> buffers_;
  std::unique_ptr<StreamWait> wait_;
  std::unique_ptr<Submission> submission_;
  std::vector<Slot> slots_;
  PipelineReport report_;
};

}  // namespace matcher::gpu
