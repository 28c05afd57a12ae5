// Properties of an NVIDIA H200 as the runtime reports them, for the fake device and for occupancy.
#pragma once

#include <cuda_runtime_api.h>

#include <cstdio>

namespace matcher::gpu::fake {

[[nodiscard]] inline cudaDeviceProp h200_properties() {
  cudaDeviceProp properties{};
  std::snprintf(properties.name, sizeof properties.name, "NVIDIA H200");
  properties.major = 9;
  properties.minor = 0;
  properties.totalGlobalMem = std::size_t{139} << 30;
  properties.multiProcessorCount = 132;
  properties.maxThreadsPerBlock = 1024;
  properties.maxThreadsPerMultiProcessor = 2048;
  properties.maxBlocksPerMultiProcessor = 32;
  properties.regsPerBlock = 65536;
  properties.regsPerMultiprocessor = 65536;
  properties.warpSize = 32;
  properties.pciBusID = 10;
  properties.sharedMemPerBlock = 48 << 10;
  properties.sharedMemPerMultiprocessor = 228 << 10;
  properties.sharedMemPerBlockOptin = 227 << 10;
  properties.reservedSharedMemPerBlock = 1 << 10;
  properties.l2CacheSize = 60 << 20;
  return properties;
}

}  // namespace matcher::gpu::fake
