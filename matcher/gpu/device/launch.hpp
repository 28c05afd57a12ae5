// Starts a kernel: on the device under nvcc, through a hook of the tests (which ends in an emulator) otherwise.
#pragma once

#include <cuda_runtime_api.h>

#include <cstddef>
#include <functional>
#include <tuple>
#include <utility>

namespace matcher::gpu {

struct LaunchShape {
  dim3 grid{1, 1, 1};
  dim3 block{1, 1, 1};
  std::size_t dynamic_shared_bytes = 0;
};

// A kernel of a library (resources.hpp). REQUIRES: P are the kernel's own parameter types, in their order.
template <class... P>
cudaError_t launch_compiled(const LaunchShape& shape, cudaStream_t stream, cudaKernel_t kernel, P... arguments) {
  void* addresses[sizeof...(P) + 1] = {&arguments..., nullptr};
  return cudaLaunchKernel(reinterpret_cast<const void*>(kernel), shape.grid, shape.block, addresses,
                          shape.dynamic_shared_bytes, stream);
}

// A template compiled by nvcc and its twin compiled by the host compiler must not be taken for one another by a linker.
#ifdef __CUDACC__
inline namespace on_device {

template <class... P, class... A>
cudaError_t launch(const LaunchShape& shape, cudaStream_t stream, void (*kernel)(P...), A&&... arguments) {
  static_assert(sizeof...(P) == sizeof...(A));
  std::tuple<P...> values(std::forward<A>(arguments)...);
  return std::apply(
      [&](auto&... each) {
        void* addresses[sizeof...(P) + 1] = {&each..., nullptr};
        return cudaLaunchKernel(reinterpret_cast<const void*>(kernel), shape.grid, shape.block, addresses,
                                shape.dynamic_shared_bytes, stream);
      },
      values);
}

}  // namespace on_device
#else

// Defined by tests/matcher/gpu/device/fake_runtime: puts `body`, which is one device thread, into the stream. `kernel`
// says whose it is.
cudaError_t emulated_launch(const LaunchShape& shape, cudaStream_t stream, const void* kernel,
                            std::function<void()> body);

inline namespace emulated {

template <class... P, class... A>
cudaError_t launch(const LaunchShape& shape, cudaStream_t stream, void (*kernel)(P...), A&&... arguments) {
  static_assert(sizeof...(P) == sizeof...(A));
  std::tuple<P...> values(std::forward<A>(arguments)...);  // copied at the launch, as the runtime does
  return emulated_launch(shape, stream, reinterpret_cast<const void*>(kernel),
                         [kernel, values = std::move(values)] { std::apply(kernel, values); });
}

}  // namespace emulated
#endif

}  // namespace matcher::gpu
