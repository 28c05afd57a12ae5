#include "plugins/gpu/fused_persistent.hpp"

#include <algorithm>

#include "matcher/gpu/kernels/catalog.hpp"
#include "plugins/gpu/device_failure.hpp"
#include "plugins/gpu/enqueue.hpp"

namespace assay::gpu {

using namespace matcher::gpu;

namespace {

constexpr std::uint32_t kRangePairs = 256;  // a chunk of 2^20 pairs has about a range for every resident block of 64
// Copies of a job take a few milliseconds; a machine that needs longer gets the rest by a second launch.
constexpr std::uint64_t kPatienceNs = 200'000'000;
constexpr std::size_t kTaken = 0, kPublished = 1, kDone = 2;  // places of the counters

void copy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind, cudaStream_t stream) {
  require(check("cudaMemcpyAsync", cudaMemcpyAsync(to, from, bytes, kind, stream)));
}
void wait(const Stream& stream) {
  require(check("cudaStreamSynchronize", cudaStreamSynchronize(stream.get())));
}
std::uint32_t* counter(const DeviceMemory& counters, std::size_t place) {
  return static_cast<std::uint32_t*>(counters.get()) + place;
}

}  // namespace

void FusedPersistent::prepare(const Setting& setting) {
  setting_ = &setting;
  layout_.prepare(setting);
  copies_ = value_of(create_stream(setting.tracker, "uploads"));
  kernels_ = value_of(create_stream(setting.tracker, "the kernel that stays"));
  grid_.use_occupancy(reinterpret_cast<const void*>(fused_persistent()));
}

void FusedPersistent::release() noexcept {
  layout_.release();
  static_cast<void>(copies_.close());
  static_cast<void>(kernels_.close());
}

Job FusedPersistent::gather(std::span<const RowPair> pairs) {
  parts_.resize(pairs.size());
  return {.items = pairs.size(), .inputs = layout_.gather(pairs), .outputs = {output_of(parts_)}};
}

bool FusedPersistent::run_itself(const Job& job, DeviceClock* clock) {
  const std::size_t ranges = (job.items + kRangePairs - 1) / kRangePairs;
  const Buffers buffers = allocate(job.items, ranges);  // before the launch: an allocation may wait for the device
  require(
      check("cudaMemsetAsync", cudaMemsetAsync(buffers.counters.get(), 0, buffers.counters.bytes(), copies_.get())));
  wait(copies_);
  launch(buffers, job.items, ranges, clock);
  upload(buffers, job, ranges);
  if (download(buffers, ranges)) return true;
  wait(copies_);
  require(check("cudaMemsetAsync",
                cudaMemsetAsync(counter(buffers.counters, kTaken), 0, sizeof(std::uint32_t), kernels_.get())));
  launch(buffers, job.items, ranges, clock);
  if (!download(buffers, ranges)) throw sdk::Failure(ASSAY_E_DEVICE, "the persistent kernel left pairs unscored twice");
  return true;
}

// The pipeline's way is not taken.
DeviceStatus FusedPersistent::enqueue(const DeviceTile&) {
  return check("FusedPersistent::enqueue", cudaErrorNotSupported);
}

FusedPersistent::Buffers FusedPersistent::allocate(std::size_t pairs, std::size_t ranges) const {
  const auto memory = [this](std::size_t bytes, std::string_view label) {
    return value_of(allocate_device(setting_->tracker, bytes, label));
  };
  return {memory(pairs * sizeof(AuditedPair), "pairs of a job"),
          memory(pairs * sizeof(matcher::PackedParts), "scores of a job"),
          memory((kDone + ranges) * sizeof(std::uint32_t), "counters of a queue")};
}

void FusedPersistent::launch(const Buffers& buffers, std::size_t pairs, std::size_t ranges, DeviceClock* clock) {
  const WorkQueue queue{counter(buffers.counters, kTaken),
                        counter(buffers.counters, kPublished),
                        counter(buffers.counters, kDone),
                        static_cast<std::uint32_t>(ranges),
                        kRangePairs,
                        kPatienceNs};
  LaunchShape shape = grid_.shape(pairs);
  shape.grid.x = std::min(shape.grid.x, static_cast<unsigned>(ranges));
  if (clock != nullptr) clock->begin(kernels_.get());
  require(
      check("launch", start(shape, kernels_.get(), fused_persistent(),
                            {static_cast<const AuditedPair*>(buffers.pairs.get()), static_cast<std::uint32_t>(pairs)},
                            {static_cast<matcher::PackedParts*>(buffers.scores.get())}, queue)));
  if (clock != nullptr) clock->end(kernels_.get());
  ++counters_.kernel_enqueues;
}

// Each tile, and behind it in the same stream how many ranges are now in place.
void FusedPersistent::upload(const Buffers& buffers, const Job& job, std::size_t ranges) {
  const std::size_t tile = setting_->options.tile_items;
  published_.assign((job.items + tile - 1) / tile, 0);
  for (std::size_t i = 0; i < published_.size(); ++i) {
    const std::size_t begin = i * tile;
    const std::size_t end = std::min(begin + tile, job.items);
    const std::size_t bytes = (end - begin) * sizeof(AuditedPair);
    copy(static_cast<AuditedPair*>(buffers.pairs.get()) + begin, job.inputs[0].data + begin * sizeof(AuditedPair),
         bytes, cudaMemcpyHostToDevice, copies_.get());
    published_[i] = static_cast<std::uint32_t>(end == job.items ? ranges : end / kRangePairs);
    copy(counter(buffers.counters, kPublished), &published_[i], sizeof(std::uint32_t), cudaMemcpyHostToDevice,
         copies_.get());
    counters_.upload_bytes += bytes + sizeof(std::uint32_t);
  }
}

// Whether all of the job is done.
bool FusedPersistent::download(const Buffers& buffers, std::size_t ranges) {
  done_.resize(ranges);
  const std::size_t bytes = parts_.size() * sizeof(matcher::PackedParts);
  copy(parts_.data(), buffers.scores.get(), bytes, cudaMemcpyDeviceToHost, kernels_.get());
  copy(done_.data(), counter(buffers.counters, kDone), ranges * sizeof(std::uint32_t), cudaMemcpyDeviceToHost,
       kernels_.get());
  wait(kernels_);
  counters_.download_bytes += bytes + ranges * sizeof(std::uint32_t);
  return std::find(done_.begin(), done_.end(), 0U) == done_.end();
}

}  // namespace assay::gpu
