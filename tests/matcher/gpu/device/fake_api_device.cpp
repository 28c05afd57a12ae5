// cuda* functions of the fake runtime: versions, errors and the properties of its devices.
#include <cuda_runtime_api.h>

#include <map>

#include "tests/matcher/gpu/device/fake_runtime.hpp"
#include "tests/matcher/gpu/device/h200.hpp"

using matcher::gpu::fake::Runtime;

namespace {

// The codes that tests provoke; others have no name of their own here.
const char* name_of(cudaError_t code) {
  static const std::map<cudaError_t, const char*> kNames = {
      {cudaSuccess, "cudaSuccess"},
      {cudaErrorInvalidValue, "cudaErrorInvalidValue"},
      {cudaErrorMemoryAllocation, "cudaErrorMemoryAllocation"},
      {cudaErrorInsufficientDriver, "cudaErrorInsufficientDriver"},
      {cudaErrorNoDevice, "cudaErrorNoDevice"},
      {cudaErrorECCUncorrectable, "cudaErrorECCUncorrectable"},
      {cudaErrorIllegalAddress, "cudaErrorIllegalAddress"},
      {cudaErrorStreamCaptureUnsupported, "cudaErrorStreamCaptureUnsupported"},
      {cudaErrorInvalidConfiguration, "cudaErrorInvalidConfiguration"}};
  const auto found = kNames.find(code);
  return found == kNames.end() ? "cudaErrorOfTheFake" : found->second;
}

}  // namespace

extern "C" {

cudaError_t cudaDriverGetVersion(int* version) {
  *version = Runtime::current().options.driver_version;
  return cudaSuccess;
}

cudaError_t cudaRuntimeGetVersion(int* version) {
  *version = Runtime::current().options.runtime_version;
  return cudaSuccess;
}

const char* cudaGetErrorName(cudaError_t code) {
  return name_of(code);
}

const char* cudaGetErrorString(cudaError_t code) {
  return code == cudaSuccess ? "no error" : "words of the runtime";
}

cudaError_t cudaGetLastError() {
  return Runtime::current().take_last_error();
}

cudaError_t cudaGetDeviceCount(int* count) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] {
    *count = runtime.options.devices;
    return cudaSuccess;
  });
}

cudaError_t cudaGetDevice(int* device) {
  return Runtime::current().enter(__func__, [&] {
    *device = 0;
    return cudaSuccess;
  });
}

cudaError_t cudaDeviceGetDefaultMemPool(cudaMemPool_t* pool, int) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] {
    *pool = reinterpret_cast<cudaMemPool_t>(&runtime);
    return cudaSuccess;
  });
}

cudaError_t cudaMemPoolSetAttribute(cudaMemPool_t, cudaMemPoolAttr, void*) {
  return Runtime::current().enter(__func__, [] { return cudaSuccess; });
}

cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int device) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] {
    if (device < 0 || device >= runtime.options.devices) return cudaErrorInvalidDevice;
    *properties = matcher::gpu::fake::h200_properties();
    return cudaSuccess;
  });
}

cudaError_t cudaDeviceGetAttribute(int* value, cudaDeviceAttr attribute, int device) {
  Runtime& runtime = Runtime::current();
  return runtime.enter(__func__, [&] {
    if (device < 0 || device >= runtime.options.devices) return cudaErrorInvalidDevice;
    *value = attribute == cudaDevAttrClockRate ? 1980000 : 1;
    return cudaSuccess;
  });
}

// As a kernel of 32 registers without shared memory.
cudaError_t cudaFuncGetAttributes(cudaFuncAttributes* attributes, const void* function) {
  return Runtime::current().enter(__func__, [&] {
    if (function == nullptr) return cudaErrorInvalidDeviceFunction;
    *attributes = {};
    attributes->numRegs = 32;
    attributes->maxThreadsPerBlock = 1024;
    return cudaSuccess;
  });
}

}  // extern "C"
