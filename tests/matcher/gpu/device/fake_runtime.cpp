// State of the fake runtime, its faults, copies and launches.
#include "tests/matcher/gpu/device/fake_runtime.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <memory>
#include <utility>

namespace matcher::gpu::fake {
namespace {

Runtime* installed = nullptr;
thread_local Thread running;

void run_plainly(const LaunchShape& shape, const std::function<void()>& body) {
  const unsigned lanes = shape.block.x * shape.block.y * shape.block.z;
  for (unsigned block = 0; block < shape.grid.x; ++block) {
    for (unsigned lane = 0; lane < lanes; ++lane) {
      running = {block, lane, lanes};
      body();
    }
  }
}

}  // namespace

Thread current_thread() {
  return running;
}

Runtime::Runtime(Options given)
    : options(std::move(given)),
      device(options.seed),
      device_memory(options.device_bytes),
      pinned_memory(options.pinned_bytes),
      managed_memory(options.device_bytes) {
  assert(installed == nullptr);
  if (!options.kernel_runner) options.kernel_runner = run_plainly;
  installed = this;
}

Runtime::~Runtime() {
  installed = nullptr;
}

Runtime& Runtime::current() {
  assert(installed != nullptr);
  return *installed;
}

std::size_t Runtime::count(std::string_view call) const {
  const auto found = calls_by_name_.find(call);
  return found == calls_by_name_.end() ? 0 : found->second;
}

std::size_t Runtime::copies(cudaMemcpyKind direction, HostKind host) const {
  return static_cast<std::size_t>(
      std::count_if(records_.copies.begin(), records_.copies.end(),
                    [&](const CopyRecord& copy) { return copy.direction == direction && copy.host == host; }));
}

std::size_t Runtime::copied_bytes(cudaMemcpyKind direction) const {
  std::size_t bytes = 0;
  for (const CopyRecord& copy : records_.copies) bytes += copy.direction == direction ? copy.bytes : 0;
  return bytes;
}

std::size_t Runtime::live() const {
  return device_memory.live() + pinned_memory.live() + managed_memory.live() + registered.live() +
         device.live_streams() + device.live_events() + graphs.size() + executable_graphs.size() + libraries.size();
}

std::string Runtime::live_text() const {
  return fmt::format(
      "device {}, pinned {}, managed {}, registered {}, streams {}, events {}, graphs {}, executable {}, libraries {}",
      device_memory.live(), pinned_memory.live(), managed_memory.live(), registered.live(), device.live_streams(),
      device.live_events(), graphs.size(), executable_graphs.size(), libraries.size());
}

const Fault* Runtime::due(std::string_view name) const {
  const auto fits = [&](const Fault& fault) {
    if (fault.name.empty()) return fault.call == counted_calls_;
    return fault.name == name && fault.occurrence == count(name);
  };
  const auto fault = std::find_if(faults_.begin(), faults_.end(), fits);
  return fault == faults_.end() ? nullptr : &*fault;
}

cudaError_t Runtime::enter(const char* name, const std::function<cudaError_t()>& body) {
  const std::lock_guard lock(mutex);
  records_.calls.emplace_back(name);
  ++calls_by_name_[name];
  ++counted_calls_;
  if (lost_) return finish_error(*lost_);
  if (const Fault* fault = due(name)) {
    if (fault->lose_device) {
      lost_ = fault->code;
      device.drop_all();
    }
    return finish_error(fault->code);
  }
  if (options.driver_version < options.runtime_version) return finish_error(cudaErrorInsufficientDriver);
  if (options.devices == 0) return finish_error(cudaErrorNoDevice);
  try {
    device.let_run(options.progress);
    return finish_error(body());
  } catch (...) {
    // A kernel failed. The test gets what it threw; what waits behind it must not run while owners of its memory are
    // unwound, where a second one would end the program.
    lost_ = cudaErrorLaunchFailure;
    device.drop_all();
    throw;
  }
}

cudaError_t Runtime::finish_error(cudaError_t code) {
  if (code != cudaSuccess && code != cudaErrorNotReady) last_error_ = code;
  return code;
}

cudaError_t Runtime::take_last_error() {
  return std::exchange(last_error_, lost_.value_or(cudaSuccess));
}

HostKind Runtime::kind_of(const void* host, std::size_t bytes) const {
  if (pinned_memory.holds(host, bytes)) return HostKind::kPinned;
  return registered.holds(host, bytes) ? HostKind::kRegistered : HostKind::kPageable;
}

cudaError_t Runtime::copy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind direction, Handle stream) {
  const bool up = direction == cudaMemcpyHostToDevice;
  if (!up && direction != cudaMemcpyDeviceToHost) return cudaErrorInvalidMemcpyDirection;
  if (!device.has_stream(stream)) return cudaErrorInvalidResourceHandle;
  if (!device_memory.holds(up ? to : from, bytes)) return cudaErrorInvalidValue;
  const HostKind host = kind_of(up ? from : to, bytes);
  const bool captured = device.capturing(stream);
  if (captured && host == HostKind::kPageable) {
    device.invalidate_capture(stream);
    return cudaErrorStreamCaptureUnsupported;
  }
  records_.copies.push_back({direction, bytes, host, captured});
  Operation operation;
  if (up && host == HostKind::kPageable) {
    const auto* first = static_cast<const std::byte*>(from);
    operation.run = [this, to, staged = std::vector<std::byte>(first, first + bytes)] {
      std::memcpy(to, staged.data(), staged.size());
      ++records_.copies_run;
    };
  } else {
    operation.run = [this, to, from, bytes] {
      std::memcpy(to, from, bytes);
      ++records_.copies_run;
    };
  }
  device.enqueue(stream, std::move(operation));
  if (!up && host == HostKind::kPageable) device.finish(stream);
  return cudaSuccess;
}

cudaError_t Runtime::launch(const LaunchShape& shape, Handle stream, const void* kernel, std::function<void()> body) {
  const std::size_t lanes = std::size_t{shape.block.x} * shape.block.y * shape.block.z;
  if (!device.has_stream(stream)) return cudaErrorInvalidResourceHandle;
  if (lanes == 0 || lanes > 1024 || shape.grid.x == 0) return cudaErrorInvalidConfiguration;
  records_.launches.push_back({shape, kernel, device.capturing(stream)});
  Operation operation;
  operation.is_kernel = true;
  operation.run = [this, shape, body = std::move(body)] {
    options.kernel_runner(shape, body);
    ++records_.kernels_run;
  };
  device.enqueue(stream, std::move(operation));
  return cudaSuccess;
}

}  // namespace matcher::gpu::fake

namespace matcher::gpu {

cudaError_t emulated_launch(const LaunchShape& shape, cudaStream_t stream, const void* kernel,
                            std::function<void()> body) {
  fake::Runtime& runtime = fake::Runtime::current();
  return runtime.enter("cudaLaunchKernel", [&] {
    return runtime.launch(shape, reinterpret_cast<fake::Handle>(stream), kernel, std::move(body));
  });
}

}  // namespace matcher::gpu
