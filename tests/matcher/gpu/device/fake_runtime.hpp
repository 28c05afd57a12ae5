// A CUDA runtime for tests: the cuda* symbols our code uses, on host memory, every call written down, faults on demand.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/matcher/gpu/device/fake_device.hpp"
#include "tests/matcher/gpu/device/fake_memory.hpp"
#include "tests/matcher/gpu/device/fake_records.hpp"

namespace matcher::gpu::fake {

// A kernel that cudaLibraryGetKernel finds: it gets copies of its arguments, whose sizes it states.
struct LibraryKernel {
  std::vector<std::size_t> argument_bytes;
  std::function<void(const std::vector<std::vector<std::byte>>& arguments)> body;  // one device thread
};

// While it lives it is the runtime that cuda* calls of this process reach; one at a time. Copies of pageable memory
// behave as the real runtime documents: to the device they are staged at once, to the host they wait. All else is only
// queued, so memory that is read, reused or freed too early shows as a wrong result or a sanitizer's report.
class Runtime {
 public:
  explicit Runtime(Options options = {});
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;
  [[nodiscard]] static Runtime& current();

  void inject(Fault fault) { faults_.push_back(std::move(fault)); }
  void add_library_kernel(std::string name, LibraryKernel kernel) {
    library_kernels_[std::move(name)] = std::move(kernel);
  }

  [[nodiscard]] const Records& records() const { return records_; }
  [[nodiscard]] std::size_t count(std::string_view call) const;  // calls of one name
  [[nodiscard]] std::size_t counted_calls() const { return counted_calls_; }
  // Copies of one direction and kind; bytes of them.
  [[nodiscard]] std::size_t copies(cudaMemcpyKind direction, HostKind host) const;
  [[nodiscard]] std::size_t copied_bytes(cudaMemcpyKind direction) const;
  // Everything that was made and not released: memory, registered ranges, streams, events, graphs, libraries.
  [[nodiscard]] std::size_t live() const;
  [[nodiscard]] std::string live_text() const;
  [[nodiscard]] std::size_t queued() const { return device.queued(); }

  // For the cuda* functions: writes the call down, fails it if a fault says so, else does it.
  cudaError_t enter(const char* name, const std::function<cudaError_t()>& body);
  cudaError_t finish_error(cudaError_t code);
  cudaError_t take_last_error();
  [[nodiscard]] HostKind kind_of(const void* host, std::size_t bytes) const;
  cudaError_t copy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind direction, Handle stream);
  cudaError_t launch(const LaunchShape& shape, Handle stream, const void* kernel, std::function<void()> body);

  Options options;
  Device device;
  Memory device_memory;
  Memory pinned_memory;
  Memory managed_memory;  // of both; kernels and the host address it directly
  HostRanges registered;
  std::map<Handle, std::vector<Operation>> graphs;
  std::map<Handle, std::vector<Operation>> executable_graphs;
  std::map<Handle, std::string> libraries;
  std::map<std::string, LibraryKernel> library_kernels_;
  Records records_;
  std::recursive_mutex mutex;

 private:
  [[nodiscard]] const Fault* due(std::string_view name) const;

  std::vector<Fault> faults_;
  std::map<std::string, std::size_t, std::less<>> calls_by_name_;
  std::size_t counted_calls_ = 0;
  std::optional<cudaError_t> lost_;
  cudaError_t last_error_ = cudaSuccess;
};

}  // namespace matcher::gpu::fake
