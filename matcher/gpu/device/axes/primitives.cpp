// Times CUDA operations one by one with the host's clock.
#include "matcher/gpu/device/axes/primitives.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>

#include "matcher/gpu/device/axes/row_digest.hpp"
#include "matcher/gpu/device/resources.hpp"

namespace matcher::gpu {
namespace {

constexpr std::size_t kSmallestBytes = 4 << 10;
constexpr std::size_t kSizeStep = 16;

class Primitives {
 public:
  Primitives(ResourceTracker& tracker, const PrimitiveOptions& options) : tracker_(tracker), options_(options) {}

  [[nodiscard]] DeviceStatus measure_all() {
    auto stream = create_stream(tracker_, "primitives");
    if (!stream) return hand_on(stream);
    stream_ = stream->get();
    DeviceStatus status = measure_launches();
    for (std::size_t bytes = kSmallestBytes; status && bytes <= options_.largest_bytes; bytes *= kSizeStep) {
      status = measure_allocations(bytes);
      if (status) status = measure_copies(bytes);
    }
    return status;
  }
  [[nodiscard]] std::vector<PrimitiveCost> take() { return std::move(costs_); }

 private:
  using Operation = std::function<DeviceStatus()>;

  // The median time of `operation`, which does `count` of what is measured; `after` is not timed.
  DeviceStatus measure(
      std::string name, std::size_t bytes, std::size_t count, const Operation& operation,
      const Operation& after = [] { return DeviceStatus{}; }) {
    std::vector<double> times;
    for (std::size_t i = 0; i <= options_.repeats; ++i) {
      const auto start = options_.now();
      DeviceStatus status = operation();
      const std::chrono::duration<double, std::nano> time = options_.now() - start;
      if (status) status = after();
      if (!status) return status;
      if (i > 0) times.push_back(time.count() / static_cast<double>(count));  // the first one warms up
    }
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    costs_.push_back({std::move(name), bytes, times.size(), *middle});
    return {};
  }

  DeviceStatus synchronize() { return check("cudaStreamSynchronize", cudaStreamSynchronize(stream_)); }

  DeviceStatus measure_launches() {
    const int launches = static_cast<int>(options_.launches);
    const auto wait = [this] { return synchronize(); };
    DeviceStatus status = measure(
        "launch", 0, options_.launches, [&] { return enqueue_empty_kernels(stream_, launches); }, wait);
    const auto launch_and_wait = [&] {
      DeviceStatus done = enqueue_empty_kernels(stream_, 1);
      return done ? synchronize() : done;
    };
    if (status) status = measure("launch and wait", 0, 1, launch_and_wait);
    if (!status) return status;
    status = check("cudaStreamBeginCapture", cudaStreamBeginCapture(stream_, cudaStreamCaptureModeThreadLocal));
    if (status) status = enqueue_empty_kernels(stream_, 4);
    auto graph = end_capture(tracker_, stream_, "four kernels");
    if (!status) return status;
    if (!graph) return hand_on(graph);
    auto executable = instantiate(tracker_, graph->get(), "four kernels");
    if (!executable) return hand_on(executable);
    const auto replay = [&] { return check("cudaGraphLaunch", cudaGraphLaunch(executable->get(), stream_)); };
    const auto replay_and_wait = [&] {
      DeviceStatus done = replay();
      return done ? synchronize() : done;
    };
    status = measure("graph of four kernels", 0, 1, replay, wait);
    if (status) status = measure("graph of four kernels and wait", 0, 1, replay_and_wait);
    return status;
  }

  // Acquires and releases; what is acquired is written by nobody.
  DeviceStatus measure_allocations(std::size_t bytes) {
    const auto closed = [](auto made) {
      if (!made) return DeviceStatus(hand_on(made));
      return made->close();
    };
    std::vector<std::byte> memory(bytes);
    DeviceStatus status = measure("cudaMalloc and cudaFree", bytes, 1,
                                  [&] { return closed(allocate_device(tracker_, bytes, "primitive")); });
    const auto ordered = [&] {
      DeviceStatus done = closed(allocate_ordered(tracker_, bytes, stream_, "primitive"));
      return done ? synchronize() : done;
    };
    if (status) status = measure("cudaMallocAsync, cudaFreeAsync and wait", bytes, 1, ordered);
    if (status) {
      status = measure("cudaHostAlloc and cudaFreeHost", bytes, 1,
                       [&] { return closed(allocate_pinned(tracker_, bytes, "primitive")); });
    }
    if (status) {
      status = measure("cudaMallocManaged and cudaFree", bytes, 1,
                       [&] { return closed(allocate_managed(tracker_, bytes, "primitive")); });
    }
    if (!status) return status;
    return measure("cudaHostRegister and cudaHostUnregister", bytes, 1,
                   [&] { return closed(register_host(tracker_, memory, "primitive")); });
  }

  DeviceStatus measure_copies(std::size_t bytes) {
    auto device = allocate_device(tracker_, bytes, "copies");
    if (!device) return hand_on(device);
    auto pinned = allocate_pinned(tracker_, bytes, "copies");
    if (!pinned) return hand_on(pinned);
    std::vector<std::byte> pageable(bytes);
    DeviceStatus status = measure_both(device->get(), pageable.data(), bytes, "pageable");
    if (status) status = measure_both(device->get(), pinned->get(), bytes, "pinned");
    if (!status) return status;
    auto registered = register_host(tracker_, pageable, "copies");
    if (!registered) return hand_on(registered);
    return measure_both(device->get(), pageable.data(), bytes, "registered");
  }

  DeviceStatus measure_both(void* device, void* host, std::size_t bytes, const std::string& kind) {
    const auto copy = [&](void* to, const void* from, cudaMemcpyKind direction) {
      DeviceStatus done = check("cudaMemcpyAsync", cudaMemcpyAsync(to, from, bytes, direction, stream_));
      return done ? synchronize() : done;
    };
    DeviceStatus status =
        measure("copy to device, " + kind, bytes, 1, [&] { return copy(device, host, cudaMemcpyHostToDevice); });
    if (!status) return status;
    return measure("copy to host, " + kind, bytes, 1, [&] { return copy(host, device, cudaMemcpyDeviceToHost); });
  }

  ResourceTracker& tracker_;
  PrimitiveOptions options_;
  cudaStream_t stream_ = nullptr;
  std::vector<PrimitiveCost> costs_;
};

}  // namespace

DeviceResult<std::vector<PrimitiveCost>> measure_primitives(ResourceTracker& tracker, const PrimitiveOptions& options) {
  Primitives primitives(tracker, options);
  if (DeviceStatus measured = primitives.measure_all(); !measured) return hand_on(measured);
  return primitives.take();
}

}  // namespace matcher::gpu
