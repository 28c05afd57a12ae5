// The CUDA calls that acquire handles.
#include "matcher/gpu/device/resources.hpp"

namespace matcher::gpu {
namespace {

// The owner of a handle that `call` has filled in, if it succeeded.
template <class Kind>
DeviceResult<Owner<Kind>> owned(std::string_view call, cudaError_t code, ResourceTracker& tracker,
                                const typename Kind::Handle& handle, std::size_t bytes, std::string_view label,
                                Site site) {
  if (DeviceStatus status = check(call, code, site); !status) return hand_on(status);
  return Owner<Kind>(tracker, handle, bytes, label, site);
}

}  // namespace

DeviceResult<DeviceMemory> allocate_device(ResourceTracker& tracker, std::size_t bytes, std::string_view label,
                                           Site site) {
  void* data = nullptr;
  const cudaError_t code = cudaMalloc(&data, bytes);
  return owned<DeviceMemoryKind>("cudaMalloc", code, tracker, data, bytes, label, site);
}

DeviceResult<OrderedMemory> allocate_ordered(ResourceTracker& tracker, std::size_t bytes, cudaStream_t stream,
                                             std::string_view label, Site site) {
  void* data = nullptr;
  const cudaError_t code = cudaMallocAsync(&data, bytes, stream);
  return owned<OrderedMemoryKind>("cudaMallocAsync", code, tracker, {data, stream}, bytes, label, site);
}

DeviceResult<PinnedMemory> allocate_pinned(ResourceTracker& tracker, std::size_t bytes, std::string_view label,
                                           Site site) {
  void* data = nullptr;
  const cudaError_t code = cudaHostAlloc(&data, bytes, cudaHostAllocDefault);
  return owned<PinnedMemoryKind>("cudaHostAlloc", code, tracker, data, bytes, label, site);
}

DeviceResult<ManagedMemory> allocate_managed(ResourceTracker& tracker, std::size_t bytes, std::string_view label,
                                             Site site) {
  void* data = nullptr;
  const cudaError_t code = cudaMallocManaged(&data, bytes, cudaMemAttachGlobal);
  return owned<ManagedMemoryKind>("cudaMallocManaged", code, tracker, data, bytes, label, site);
}

DeviceResult<RegisteredMemory> register_host(ResourceTracker& tracker, std::span<std::byte> memory,
                                             std::string_view label, Site site) {
  cudaError_t code = cudaHostRegister(memory.data(), memory.size(), cudaHostRegisterDefault);
  if (code == cudaErrorInvalidValue) {  // a mapping that may not be written is refused by default
    static_cast<void>(cudaGetLastError());
    code = cudaHostRegister(memory.data(), memory.size(), cudaHostRegisterReadOnly);
  }
  return owned<RegisteredMemoryKind>("cudaHostRegister", code, tracker, memory.data(), memory.size(), label, site);
}

DeviceResult<Stream> create_stream(ResourceTracker& tracker, std::string_view label, Site site) {
  cudaStream_t stream = nullptr;
  const cudaError_t code = cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking);
  return owned<StreamKind>("cudaStreamCreateWithFlags", code, tracker, stream, 0, label, site);
}

DeviceResult<Event> create_event(ResourceTracker& tracker, EventUse use, std::string_view label, Site site) {
  unsigned flags = cudaEventDefault;
  if (use != EventUse::kTiming) flags |= cudaEventDisableTiming;
  if (use == EventUse::kBlocking) flags |= cudaEventBlockingSync;
  cudaEvent_t event = nullptr;
  const cudaError_t code = cudaEventCreateWithFlags(&event, flags);
  return owned<EventKind>("cudaEventCreateWithFlags", code, tracker, event, 0, label, site);
}

DeviceResult<Graph> end_capture(ResourceTracker& tracker, cudaStream_t stream, std::string_view label, Site site) {
  cudaGraph_t graph = nullptr;
  const cudaError_t code = cudaStreamEndCapture(stream, &graph);
  return owned<GraphKind>("cudaStreamEndCapture", code, tracker, graph, 0, label, site);
}

DeviceResult<ExecutableGraph> instantiate(ResourceTracker& tracker, cudaGraph_t graph, std::string_view label,
                                          Site site) {
  cudaGraphExec_t executable = nullptr;
  const cudaError_t code = cudaGraphInstantiate(&executable, graph, 0);
  return owned<ExecutableGraphKind>("cudaGraphInstantiate", code, tracker, executable, 0, label, site);
}

DeviceResult<Library> load_library(ResourceTracker& tracker, const std::string& image, std::string_view label,
                                   Site site) {
  cudaLibrary_t library = nullptr;
  const cudaError_t code = cudaLibraryLoadData(&library, image.data(), nullptr, nullptr, 0, nullptr, nullptr, 0);
  return owned<LibraryKind>("cudaLibraryLoadData", code, tracker, library, image.size(), label, site);
}

DeviceResult<cudaKernel_t> find_kernel(const Library& library, const std::string& name, Site site) {
  cudaKernel_t kernel = nullptr;
  const cudaError_t code = cudaLibraryGetKernel(&kernel, library.get(), name.c_str());
  if (DeviceStatus status = check("cudaLibraryGetKernel", code, site); !status) return hand_on(status);
  return kernel;
}

}  // namespace matcher::gpu
