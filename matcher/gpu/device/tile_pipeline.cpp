// Tiles through slots: fill, submit, wait, empty.
#include "matcher/gpu/device/tile_pipeline.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

namespace matcher::gpu {
namespace {

constexpr unsigned kMostStreams = 4;
constexpr unsigned kSlotsPerStream = 2;  // the host fills one while the device works on the other

std::vector<HostRange> arrays_of(const Job& job) {
  std::vector<HostRange> ranges;
  for (const InputArray& input : job.inputs) {
    // Page-locking does not write, but its interface takes no pointer to const.
    ranges.push_back({const_cast<std::byte*>(input.data), input.begin_of(job.items)});
  }
  for (const OutputArray& output : job.outputs) ranges.push_back({output.data, job.items * output.item_bytes});
  return ranges;
}

}  // namespace

TilePipeline::TilePipeline(ResourceTracker& tracker, PipelineOptions options)
    : tracker_(&tracker),
      options_(std::move(options)),
      host_(make_host_memory(options_.host_memory, tracker, options_.most_pinned_bytes)),
      buffers_(make_device_buffers(options_.device_buffers, tracker, options_.now)),
      wait_(make_stream_wait(options_.wait, options_.pauses)),
      submission_(make_submission(options_.submission, tracker)) {}

DeviceResult<TilePipeline> TilePipeline::open(ResourceTracker& tracker, PipelineOptions options) {
  assert(options.streams >= 1 && options.streams <= kMostStreams);
  assert(options.smallest_tile_items >= 1 && options.smallest_tile_items <= options.tile_items);
  TilePipeline pipeline(tracker, std::move(options));
  if (DeviceStatus opened = pipeline.open_slots(); !opened) return hand_on(opened);
  return pipeline;
}

DeviceStatus TilePipeline::open_slots() {
  for (unsigned i = 0; i < options_.streams; ++i) {
    auto stream = create_stream(*tracker_, "tiles");
    if (!stream) return hand_on(stream);
    streams_.push_back(std::move(*stream));
  }
  for (unsigned i = 0; i < options_.streams * kSlotsPerStream; ++i) {
    auto event = create_event(*tracker_, wait_->event_use(), "end of a tile");
    if (!event) return hand_on(event);
    Slot& slot = slots_.emplace_back();
    slot.stream = streams_[i % options_.streams].get();
    slot.done = std::move(*event);
  }
  return {};
}

DeviceResult<PipelineReport> TilePipeline::run(const Job& job, const EnqueueKernels& enqueue) {
  assert(options_.submission != SubmissionChoice::kGraph ||
         std::none_of(job.inputs.begin(), job.inputs.end(), [](const InputArray& input) { return input.offsets; }));
  if (DeviceStatus begun = host_->begin(arrays_of(job)); !begun) return hand_on(begun);
  submission_->begin();
  DeviceStatus status = run_tiles(job, enqueue);
  for (Slot& slot : slots_) abandon(slot);  // none is left but after an error
  host_->end();
  if (!status) return hand_on(status);
  report_.items += job.items;
  return report();
}

PipelineReport TilePipeline::report() const {
  PipelineReport report = report_;
  report.buffers = buffers_->counters();
  report.host = host_->counters();
  report.wait = wait_->counters();
  report.submission = submission_->counters();
  return report;
}

DeviceStatus TilePipeline::run_tiles(const Job& job, const EnqueueKernels& enqueue) {
  std::size_t next = 0;
  report_.tile_items = options_.tile_items;
  for (std::size_t turn = 0; next < job.items;) {
    Slot& slot = slots_[turn % slots_.size()];
    if (DeviceStatus finished = finish(slot); !finished) return finished;
    const std::size_t items = std::min(report_.tile_items, job.items - next);
    const DeviceStatus started = start(slot, job, next, items, enqueue);
    if (started) {
      next += items;
      ++turn;
      ++report_.tiles;
      continue;
    }
    if (started.error().failure != DeviceFailure::kOutOfMemory || items <= options_.smallest_tile_items) return started;
    abandon(slot);
    if (DeviceStatus finished = finish_all(); !finished) return finished;
    submission_->begin();  // graphs hold memory, too
    buffers_->trim();
    report_.tile_items = std::max(options_.smallest_tile_items, items / 2);
    ++report_.halvings;
  }
  return finish_all();
}

DeviceStatus TilePipeline::start(Slot& slot, const Job& job, std::size_t first, std::size_t items,
                                 const EnqueueKernels& enqueue) {
  slot.busy = true;
  slot.work = {};
  slot.work.tile.items = items;
  slot.work.tile.first = first;
  slot.work.tile.stream = slot.stream;
  slot.work.staged = true;
  for (const InputArray& array : job.inputs) {
    if (DeviceStatus added = add_input(slot, array, first, items); !added) return added;
  }
  for (const OutputArray& array : job.outputs) {
    if (DeviceStatus added = add_output(slot, array, first, items); !added) return added;
  }
  if (DeviceStatus submitted = submission_->submit(slot.work, enqueue); !submitted) return submitted;
  return check("cudaEventRecord", cudaEventRecord(slot.done.get(), slot.stream));
}

DeviceResult<HostRange> TilePipeline::stage(Slot& slot, std::size_t bytes) {
  auto staging = host_->staging(bytes);
  if (!staging) return staging;
  if (staging->data == nullptr) {
    slot.work.staged = false;
    return staging;
  }
  slot.staging.push_back(*staging);
  report_.staged_bytes += bytes;
  return staging;
}

DeviceResult<HostRange> TilePipeline::share(Slot& slot, std::size_t bytes) {
  auto shared = host_->shared(std::max<std::size_t>(bytes, 1));
  if (!shared || shared->data == nullptr) return shared;
  slot.staging.push_back(*shared);
  report_.staged_bytes += bytes;
  return shared;
}

DeviceStatus TilePipeline::add_input(Slot& slot, const InputArray& array, std::size_t first, std::size_t items) {
  const std::size_t begin = array.begin_of(first);
  const std::size_t bytes = array.begin_of(first + items) - begin;
  auto shared = share(slot, bytes);
  if (!shared) return hand_on(shared);
  if (shared->data != nullptr) {
    if (bytes > 0) std::memcpy(shared->data, array.data + begin, bytes);
    slot.work.tile.inputs.push_back(shared->data);
    return {};
  }
  auto block = buffers_->take(std::max<std::size_t>(bytes, 1), slot.stream, "input of a tile");
  if (!block) return hand_on(block);
  slot.blocks.push_back(*block);
  slot.work.tile.inputs.push_back(block->data);
  if (bytes == 0) return {};
  auto staging = stage(slot, bytes);
  if (!staging) return hand_on(staging);
  const std::byte* from = array.data + begin;
  if (staging->data != nullptr) {
    std::memcpy(staging->data, from, bytes);
    from = staging->data;
  }
  slot.work.uploads.push_back({block->data, from, bytes});
  return {};
}

DeviceStatus TilePipeline::add_output(Slot& slot, const OutputArray& array, std::size_t first, std::size_t items) {
  const std::size_t bytes = items * array.item_bytes;
  std::byte* to = array.data + first * array.item_bytes;
  auto shared = share(slot, bytes);
  if (!shared) return hand_on(shared);
  if (shared->data != nullptr) {
    slot.work.tile.outputs.push_back(shared->data);
    slot.outputs.push_back({to, shared->data, bytes});
    return {};
  }
  auto block = buffers_->take(bytes, slot.stream, "output of a tile");
  if (!block) return hand_on(block);
  slot.blocks.push_back(*block);
  slot.work.tile.outputs.push_back(block->data);
  auto staging = stage(slot, bytes);
  if (!staging) return hand_on(staging);
  if (staging->data != nullptr) {
    slot.outputs.push_back({to, staging->data, bytes});
    to = staging->data;
  }
  slot.work.downloads.push_back({to, block->data, bytes});
  return {};
}

DeviceStatus TilePipeline::finish(Slot& slot) {
  if (!slot.busy) return {};
  if (DeviceStatus waited = wait_->wait(slot.stream, slot.done.get()); !waited) return waited;
  for (const StagedOutput& output : slot.outputs) std::memcpy(output.to, output.from, output.bytes);
  return give_back(slot);
}

// Oldest first is not needed: slots are independent, and each waits for its own event.
DeviceStatus TilePipeline::finish_all() {
  DeviceStatus status;
  for (Slot& slot : slots_) {
    if (status) status = finish(slot);
  }
  return status;
}

DeviceStatus TilePipeline::give_back(Slot& slot) {
  slot.busy = false;
  slot.outputs.clear();
  // Last in, first out, here and in the pools: the next tile gets the same blocks for the same arrays, so that a graph
  // can be replayed.
  while (!slot.staging.empty()) {
    host_->give_back(slot.staging.back());
    slot.staging.pop_back();
  }
  DeviceStatus status;
  while (!slot.blocks.empty()) {
    DeviceStatus given = buffers_->give_back(slot.blocks.back(), slot.stream);
    slot.blocks.pop_back();
    if (status) status = std::move(given);
  }
  return status;
}

// After an error: nothing of this slot may be running when its memory goes away. What fails now is not news, and if
// both calls fail the device runs nothing any more.
void TilePipeline::abandon(Slot& slot) {
  if (!slot.busy) return;
  const DeviceStatus waited = check("cudaStreamSynchronize", cudaStreamSynchronize(slot.stream));
  if (!waited) static_cast<void>(check("cudaDeviceSynchronize", cudaDeviceSynchronize()));
  static_cast<void>(give_back(slot));
}

}  // namespace matcher::gpu
