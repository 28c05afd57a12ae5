// cuda* functions of the fake runtime: streams, events and graphs.
#include <cuda_runtime_api.h>

#include "tests/matcher/gpu/device/fake_runtime.hpp"

using matcher::gpu::fake::Handle;
using matcher::gpu::fake::Runtime;

namespace {

constexpr Handle kGraphHandle = 0x5000;

template <class T>
Handle handle_of(T* pointer) {
  return reinterpret_cast<Handle>(pointer);
}

// Runs body on a stream that exists; a call that may not be made while the stream captures ends the capture.
template <class Body>
cudaError_t on_stream(const char* name, cudaStream_t stream, bool allowed_in_capture, Body body) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(name, [&]() -> cudaError_t {
    const Handle handle = handle_of(stream);
    if (!runtime.device.has_stream(handle)) return cudaErrorInvalidResourceHandle;
    if (!allowed_in_capture && runtime.device.capturing(handle)) {
      runtime.device.invalidate_capture(handle);
      return cudaErrorStreamCaptureUnsupported;
    }
    return body(runtime, handle);
  });
}

template <class Body>
cudaError_t on_event(const char* name, cudaEvent_t event, Body body) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(name, [&]() -> cudaError_t {
    if (!runtime.device.has_event(handle_of(event))) return cudaErrorInvalidResourceHandle;
    return body(runtime, handle_of(event));
  });
}

}  // namespace

extern "C" {

cudaError_t cudaStreamCreateWithFlags(cudaStream_t* stream, unsigned) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] {
    *stream = reinterpret_cast<cudaStream_t>(runtime.device.create_stream());
    return cudaSuccess;
  });
}

cudaError_t cudaStreamDestroy(cudaStream_t stream) {
  return on_stream(__func__, stream, false, [](Runtime& runtime, Handle handle) {
    runtime.device.destroy_stream(handle);
    return cudaSuccess;
  });
}

cudaError_t cudaStreamSynchronize(cudaStream_t stream) {
  return on_stream(__func__, stream, false, [](Runtime& runtime, Handle handle) {
    runtime.device.finish(handle);
    return cudaSuccess;
  });
}

cudaError_t cudaStreamQuery(cudaStream_t stream) {
  return on_stream(__func__, stream, false, [](Runtime& runtime, Handle handle) {
    runtime.device.let_run(1);
    return runtime.device.idle(handle) ? cudaSuccess : cudaErrorNotReady;
  });
}

cudaError_t cudaStreamWaitEvent(cudaStream_t stream, cudaEvent_t event, unsigned) {
  return on_stream(__func__, stream, false, [event](Runtime& runtime, Handle handle) {
    if (!runtime.device.has_event(handle_of(event))) return cudaErrorInvalidResourceHandle;
    runtime.device.wait_in(handle, handle_of(event));
    return cudaSuccess;
  });
}

cudaError_t cudaDeviceSynchronize() {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] {
    runtime.device.finish_all();
    return cudaSuccess;
  });
}

cudaError_t cudaEventCreateWithFlags(cudaEvent_t* event, unsigned) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] {
    *event = reinterpret_cast<cudaEvent_t>(runtime.device.create_event());
    return cudaSuccess;
  });
}

cudaError_t cudaEventDestroy(cudaEvent_t event) {
  return on_event(__func__, event, [](Runtime& runtime, Handle handle) {
    runtime.device.destroy_event(handle);
    return cudaSuccess;
  });
}

cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream) {
  return on_stream(__func__, stream, false, [event](Runtime& runtime, Handle handle) {
    if (!runtime.device.has_event(handle_of(event))) return cudaErrorInvalidResourceHandle;
    runtime.device.record(handle_of(event), handle);
    return cudaSuccess;
  });
}

cudaError_t cudaEventQuery(cudaEvent_t event) {
  return on_event(__func__, event, [](Runtime& runtime, Handle handle) {
    runtime.device.let_run(1);
    return runtime.device.reached(handle) ? cudaSuccess : cudaErrorNotReady;
  });
}

cudaError_t cudaEventSynchronize(cudaEvent_t event) {
  return on_event(__func__, event, [](Runtime& runtime, Handle handle) {
    runtime.device.finish_event(handle);
    return cudaSuccess;
  });
}

// A millisecond is one operation of the device.
cudaError_t cudaEventElapsedTime(float* milliseconds, cudaEvent_t start, cudaEvent_t end) {
  return on_event(__func__, start, [&](Runtime& runtime, Handle handle) {
    const Handle last = handle_of(end);
    if (!runtime.device.has_event(last)) return cudaErrorInvalidResourceHandle;
    if (!runtime.device.reached(handle) || !runtime.device.reached(last)) return cudaErrorNotReady;
    *milliseconds = static_cast<float>(runtime.device.time_of(last) - runtime.device.time_of(handle));
    return cudaSuccess;
  });
}

cudaError_t cudaStreamBeginCapture(cudaStream_t stream, cudaStreamCaptureMode) {
  return on_stream(__func__, stream, false, [](Runtime& runtime, Handle handle) {
    runtime.device.begin_capture(handle);
    return cudaSuccess;
  });
}

// Ends the capture even when it fails.
cudaError_t cudaStreamEndCapture(cudaStream_t stream, cudaGraph_t* graph) {
  *graph = nullptr;
  const cudaError_t code = on_stream(__func__, stream, true, [graph](Runtime& runtime, Handle handle) {
    if (!runtime.device.capturing(handle)) return cudaErrorIllegalState;
    auto captured = runtime.device.end_capture(handle);
    if (!captured) return cudaErrorStreamCaptureInvalidated;
    const Handle made = kGraphHandle + 16 * runtime.counted_calls();
    runtime.graphs.emplace(made, std::move(*captured));
    *graph = reinterpret_cast<cudaGraph_t>(made);
    return cudaSuccess;
  });
  matcher::gpu::fake::Device& device = Runtime::current().device;
  if (code != cudaSuccess && device.has_stream(handle_of(stream)))
    static_cast<void>(device.end_capture(handle_of(stream)));
  return code;
}

cudaError_t cudaGraphInstantiate(cudaGraphExec_t* executable, cudaGraph_t graph, unsigned long long) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] {
    const auto found = runtime.graphs.find(handle_of(graph));
    if (found == runtime.graphs.end()) return cudaErrorInvalidValue;
    const Handle made = kGraphHandle + 16 * runtime.counted_calls() + 8;
    runtime.executable_graphs.emplace(made, found->second);
    *executable = reinterpret_cast<cudaGraphExec_t>(made);
    return cudaSuccess;
  });
}

cudaError_t cudaGraphLaunch(cudaGraphExec_t executable, cudaStream_t stream) {
  return on_stream(__func__, stream, false, [executable](Runtime& runtime, Handle handle) {
    const auto found = runtime.executable_graphs.find(handle_of(executable));
    if (found == runtime.executable_graphs.end()) return cudaErrorInvalidValue;
    for (const auto& operation : found->second) runtime.device.enqueue(handle, operation);
    ++runtime.records_.graph_launches;
    return cudaSuccess;
  });
}

cudaError_t cudaGraphDestroy(cudaGraph_t graph) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(
      __func__, [&] { return runtime.graphs.erase(handle_of(graph)) == 1 ? cudaSuccess : cudaErrorInvalidValue; });
}

cudaError_t cudaGraphExecDestroy(cudaGraphExec_t executable) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] {
    return runtime.executable_graphs.erase(handle_of(executable)) == 1 ? cudaSuccess : cudaErrorInvalidValue;
  });
}

}  // extern "C"
