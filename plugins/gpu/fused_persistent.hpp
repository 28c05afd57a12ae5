// Axis "submission", third choice: the fused kernel launched once per job, which takes pairs from a queue while the
// host still uploads them.
#pragma once

#include <span>
#include <vector>

#include "matcher/gpu/device/resources.hpp"
#include "matcher/gpu/device/submission.hpp"
#include "matcher/gpu/layout/work_queue.hpp"
#include "plugins/gpu/layouts.hpp"

namespace assay::gpu {

// Memory of a job: all of its pairs, not a tile's.
class FusedPersistent : public Rung {
 public:
  void prepare(const Setting& setting) override;
  void release() noexcept override;
  [[nodiscard]] matcher::gpu::Job gather(std::span<const matcher::gpu::RowPair> pairs) override;
  [[nodiscard]] bool run_itself(const matcher::gpu::Job& job, DeviceClock* clock) override;
  [[nodiscard]] matcher::gpu::DeviceStatus enqueue(const matcher::gpu::DeviceTile& tile) override;
  [[nodiscard]] matcher::gpu::SubmissionCounters counters() const override { return counters_; }
  [[nodiscard]] Found found() const override { return {.parts = parts_, .percents = {}, .distances = {}}; }

 private:
  // One job's, on the device; counters: taken, published, done of every range.
  struct Buffers {
    matcher::gpu::DeviceMemory pairs, scores, counters;
  };
  [[nodiscard]] Buffers allocate(std::size_t pairs, std::size_t ranges) const;
  void launch(const Buffers& buffers, std::size_t pairs, std::size_t ranges, DeviceClock* clock);
  void upload(const Buffers& buffers, const matcher::gpu::Job& job, std::size_t ranges);
  [[nodiscard]] bool download(const Buffers& buffers, std::size_t ranges);

  const Setting* setting_ = nullptr;
  matcher::gpu::Stream copies_, kernels_;
  KernelGrid grid_;
  AuditedRecords layout_;
  std::vector<matcher::PackedParts> parts_;
  std::vector<std::uint32_t> published_;  // what is uploaded after each tile; lives until it is
  std::vector<std::uint32_t> done_;
  matcher::gpu::SubmissionCounters counters_;
};

}  // namespace assay::gpu
