// Starts a kernel: the only part of the variants that needs CUDA's compiler. Defined twice, like
// matcher/gpu/kernels/catalog.hpp: enqueue.cu by nvcc, and by a C++ compiler for the emulator.
#pragma once

#include <cuda_runtime_api.h>

#include <type_traits>

#include "matcher/gpu/device/launch.hpp"

namespace assay::gpu {

// kernel<<<shape, stream>>>(arguments...), for the kernels of the catalogue.
template <class... P>
[[nodiscard]] cudaError_t start(const matcher::gpu::LaunchShape& shape, cudaStream_t stream, void (*kernel)(P...),
                                std::type_identity_t<P>... arguments);

}  // namespace assay::gpu
