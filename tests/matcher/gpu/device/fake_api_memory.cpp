// cuda* functions of the fake runtime: memory, copies, kernels and libraries.
#include <cuda_runtime_api.h>

#include <algorithm>
#include <cstring>

#include "tests/matcher/gpu/device/fake_runtime.hpp"

using matcher::gpu::LaunchShape;
using matcher::gpu::fake::Handle;
using matcher::gpu::fake::LibraryKernel;
using matcher::gpu::fake::Runtime;

namespace {

constexpr Handle kLibraryHandle = 0x9000;

Handle handle_of(const void* pointer) {
  return reinterpret_cast<Handle>(pointer);
}

cudaError_t allocate(Runtime& runtime, matcher::gpu::fake::Memory& memory, void** data, std::size_t bytes) {
  if (runtime.device.capturing_any()) return cudaErrorStreamCaptureUnsupported;
  *data = memory.allocate(bytes);
  return *data == nullptr ? cudaErrorMemoryAllocation : cudaSuccess;
}

// Releasing waits for the device: what is queued may still use the memory.
cudaError_t release(Runtime& runtime, matcher::gpu::fake::Memory& memory, void* data) {
  if (data == nullptr) return cudaSuccess;
  runtime.device.finish_all();
  return memory.release(data) ? cudaSuccess : cudaErrorInvalidValue;
}

}  // namespace

extern "C" {

cudaError_t cudaMalloc(void** data, std::size_t bytes) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] { return allocate(runtime, runtime.device_memory, data, bytes); });
}

cudaError_t cudaFree(void* data) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] {
    const bool managed = runtime.managed_memory.holds(data, 0);
    return release(runtime, managed ? runtime.managed_memory : runtime.device_memory, data);
  });
}

cudaError_t cudaMallocManaged(void** data, std::size_t bytes, unsigned) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] { return allocate(runtime, runtime.managed_memory, data, bytes); });
}

cudaError_t cudaMallocAsync(void** data, std::size_t bytes, cudaStream_t stream) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] {
    if (!runtime.device.has_stream(handle_of(stream))) return cudaErrorInvalidResourceHandle;
    if (runtime.device.capturing_any()) return cudaErrorStreamCaptureUnsupported;
    *data = runtime.device_memory.allocate(bytes);
    if (*data == nullptr) {  // the pool waits for what this stream is about to give back
      runtime.device.finish(handle_of(stream));
      *data = runtime.device_memory.allocate(bytes);
    }
    return *data == nullptr ? cudaErrorMemoryAllocation : cudaSuccess;
  });
}

cudaError_t cudaFreeAsync(void* data, cudaStream_t stream) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] {
    if (!runtime.device.has_stream(handle_of(stream))) return cudaErrorInvalidResourceHandle;
    if (!runtime.device_memory.holds(data, 0)) return cudaErrorInvalidValue;
    matcher::gpu::fake::Operation operation;
    operation.frees = true;
    operation.run = [&runtime, data] { static_cast<void>(runtime.device_memory.release(data)); };
    runtime.device.enqueue(handle_of(stream), std::move(operation));
    return cudaSuccess;
  });
}

cudaError_t cudaHostAlloc(void** data, std::size_t bytes, unsigned) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] { return allocate(runtime, runtime.pinned_memory, data, bytes); });
}

cudaError_t cudaFreeHost(void* data) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] { return release(runtime, runtime.pinned_memory, data); });
}

cudaError_t cudaHostRegister(void* data, std::size_t bytes, unsigned) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] {
    return runtime.registered.add(data, bytes) ? cudaSuccess : cudaErrorHostMemoryAlreadyRegistered;
  });
}

cudaError_t cudaHostUnregister(void* data) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] {
    runtime.device.finish_all();
    return runtime.registered.remove(data) ? cudaSuccess : cudaErrorHostMemoryNotRegistered;
  });
}

cudaError_t cudaMemcpyAsync(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind, cudaStream_t stream) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] { return runtime.copy(to, from, bytes, kind, handle_of(stream)); });
}

cudaError_t cudaMemsetAsync(void* data, int value, std::size_t bytes, cudaStream_t stream) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] {
    if (!runtime.device.has_stream(handle_of(stream))) return cudaErrorInvalidResourceHandle;
    if (!runtime.device_memory.holds(data, bytes)) return cudaErrorInvalidValue;
    matcher::gpu::fake::Operation operation;
    operation.run = [=] { std::memset(data, value, bytes); };
    runtime.device.enqueue(handle_of(stream), std::move(operation));
    return cudaSuccess;
  });
}

cudaError_t cudaMemGetInfo(std::size_t* free, std::size_t* total) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] {
    *total = runtime.device_memory.limit();
    *free = *total - runtime.device_memory.used();
    return cudaSuccess;
  });
}

cudaError_t cudaLibraryLoadData(cudaLibrary_t* library, const void* code, cudaJitOption*, void**, unsigned,
                                cudaLibraryOption*, void**, unsigned) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] {
    if (code == nullptr || *static_cast<const char*>(code) == '\0') return cudaErrorInvalidKernelImage;
    const Handle handle = kLibraryHandle + 16 * runtime.counted_calls();
    runtime.libraries.emplace(handle, static_cast<const char*>(code));
    *library = reinterpret_cast<cudaLibrary_t>(handle);
    return cudaSuccess;
  });
}

cudaError_t cudaLibraryUnload(cudaLibrary_t library) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] {
    return runtime.libraries.erase(handle_of(library)) == 1 ? cudaSuccess : cudaErrorInvalidResourceHandle;
  });
}

cudaError_t cudaLibraryGetKernel(cudaKernel_t* kernel, cudaLibrary_t library, const char* name) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] {
    if (runtime.libraries.count(handle_of(library)) == 0) return cudaErrorInvalidResourceHandle;
    const auto found = runtime.library_kernels_.find(name);
    if (found == runtime.library_kernels_.end()) return cudaErrorSymbolNotFound;
    *kernel = reinterpret_cast<cudaKernel_t>(&found->second);
    return cudaSuccess;
  });
}

cudaError_t cudaLaunchKernel(const void* function, dim3 grid, dim3 block, void** arguments, std::size_t shared,
                             cudaStream_t stream) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] {
    const auto known = [&](const auto& entry) { return &entry.second == function; };
    if (std::none_of(runtime.library_kernels_.begin(), runtime.library_kernels_.end(), known)) {
      return cudaErrorInvalidDeviceFunction;
    }
    const auto* kernel = static_cast<const LibraryKernel*>(function);
    std::vector<std::vector<std::byte>> values;
    for (std::size_t i = 0; i < kernel->argument_bytes.size(); ++i) {
      const auto* first = static_cast<const std::byte*>(arguments[i]);
      values.emplace_back(first, first + kernel->argument_bytes[i]);
    }
    return runtime.launch(LaunchShape{grid, block, shared}, handle_of(stream), kernel,
                          [kernel, values = std::move(values)] { kernel->body(values); });
  });
}

}  // extern "C"
