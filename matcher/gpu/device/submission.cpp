// Work tile by tile, or as a graph that is captured once and replayed.
#include "matcher/gpu/device/submission.hpp"

#include <algorithm>
#include <list>
#include <utility>

#include "matcher/gpu/device/resources.hpp"

namespace matcher::gpu {
namespace {

class PerTileSubmission final : public Submission {
 public:
  DeviceStatus submit(const TileWork& work, const EnqueueKernels& enqueue) override {
    ++counters_.tiles;
    count_bytes(work);
    DeviceStatus status = copy(work.uploads, cudaMemcpyHostToDevice, work.tile.stream);
    if (status) status = run(work, enqueue);
    if (status) status = copy(work.downloads, cudaMemcpyDeviceToHost, work.tile.stream);
    return status;
  }
};

// Copies are part of the graph if they go through staging memory; the caller's addresses change from tile to tile, so
// then the graph holds the kernels alone.
class GraphSubmission final : public Submission {
 public:
  explicit GraphSubmission(ResourceTracker& tracker) : tracker_(tracker) {}

  void begin() override { known_.clear(); }

  DeviceStatus submit(const TileWork& work, const EnqueueKernels& enqueue) override {
    ++counters_.tiles;
    count_bytes(work);
    auto graph = graph_of(work, enqueue);
    if (!graph) return hand_on(graph);
    const cudaStream_t stream = work.tile.stream;
    DeviceStatus status;
    if (!work.staged) status = copy(work.uploads, cudaMemcpyHostToDevice, stream);
    if (status) status = check("cudaGraphLaunch", cudaGraphLaunch(*graph, stream));
    if (status) ++counters_.replays;
    if (status && !work.staged) status = copy(work.downloads, cudaMemcpyDeviceToHost, stream);
    return status;
  }

 private:
  // All that a captured graph has written into it.
  using Key = std::vector<const void*>;
  struct Known {
    Key key;
    std::size_t items;
    ExecutableGraph graph;
  };
  // Twice the graphs that four streams of two buffers with full and last tiles need; memory with ever new addresses
  // must not pile graphs up.
  static constexpr std::size_t kMostGraphs = 32;

  static Key key_of(const TileWork& work) {
    Key key = {work.tile.stream};
    key.insert(key.end(), work.tile.inputs.begin(), work.tile.inputs.end());
    key.insert(key.end(), work.tile.outputs.begin(), work.tile.outputs.end());
    if (!work.staged) return key;
    for (const Copy& upload : work.uploads) key.push_back(upload.from);
    for (const Copy& download : work.downloads) key.push_back(download.to);
    return key;
  }

  DeviceResult<cudaGraphExec_t> graph_of(const TileWork& work, const EnqueueKernels& enqueue) {
    Key key = key_of(work);
    const auto same = [&](const Known& known) { return known.items == work.tile.items && known.key == key; };
    const auto known = std::find_if(known_.begin(), known_.end(), same);
    if (known != known_.end()) return known->graph.get();
    auto captured = capture(work, enqueue);
    if (!captured) return hand_on(captured);
    if (known_.size() == kMostGraphs) known_.pop_front();
    known_.push_back({std::move(key), work.tile.items, std::move(*captured)});
    return known_.back().graph.get();
  }

  DeviceResult<ExecutableGraph> capture(const TileWork& work, const EnqueueKernels& enqueue) {
    const cudaStream_t stream = work.tile.stream;
    DeviceStatus status =
        check("cudaStreamBeginCapture", cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal));
    if (!status) return hand_on(status);
    if (work.staged) status = copy(work.uploads, cudaMemcpyHostToDevice, stream);
    if (status) status = run(work, enqueue);
    if (status && work.staged) status = copy(work.downloads, cudaMemcpyDeviceToHost, stream);
    auto graph = end_capture(tracker_, stream, "tile");  // also after a failure: the stream must become usable again
    if (!status) return hand_on(status);
    if (!graph) return hand_on(graph);
    ++counters_.captures;
    return instantiate(tracker_, graph->get(), "tile");
  }

  ResourceTracker& tracker_;
  std::list<Known> known_;  // oldest first
};

}  // namespace

DeviceStatus Submission::copy(const std::vector<Copy>& copies, cudaMemcpyKind direction, cudaStream_t stream) {
  for (const Copy& each : copies) {
    DeviceStatus status = check("cudaMemcpyAsync", cudaMemcpyAsync(each.to, each.from, each.bytes, direction, stream));
    if (!status) return status;
    ++counters_.copies;
  }
  return {};
}

DeviceStatus Submission::run(const TileWork& work, const EnqueueKernels& enqueue) {
  ++counters_.kernel_enqueues;
  return enqueue(work.tile);
}

void Submission::count_bytes(const TileWork& work) {
  for (const Copy& upload : work.uploads) counters_.upload_bytes += upload.bytes;
  for (const Copy& download : work.downloads) counters_.download_bytes += download.bytes;
}

std::unique_ptr<Submission> make_submission(SubmissionChoice choice, ResourceTracker& tracker) {
  if (choice == SubmissionChoice::kGraph) return std::make_unique<GraphSubmission>(tracker);
  return std::make_unique<PerTileSubmission>();
}

}  // namespace matcher::gpu
