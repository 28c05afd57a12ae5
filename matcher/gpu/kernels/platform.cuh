// One source for three compilers: nvcc, NVRTC, and a C++ compiler with the emulator. Kernels use CUDA's own names for
// the rest (threadIdx, __ballot_sync, ...), which the emulator has too.
#pragma once

#if defined(__CUDACC__)

#define ASSAY_KERNEL __global__
#define ASSAY_DEVICE __device__ __forceinline__
// Threads per block, and how many blocks of a multiprocessor's registers must suffice for.
#define ASSAY_LAUNCH_BOUNDS(threads, blocks) __launch_bounds__(threads, blocks)
#define ASSAY_UNROLL _Pragma("unroll")
#define ASSAY_NO_UNROLL _Pragma("unroll 1")
// An array of a block. Its contents are undefined at first.
#define ASSAY_SHARED_ARRAY(Type, name, count) __shared__ Type name[count]
// The block's memory that the launch asked for.
#define ASSAY_DYNAMIC_SHARED(name) extern __shared__ __align__(16) unsigned char name[]

#else

#include "matcher/gpu/emulator/arithmetic.hpp"
#include "matcher/gpu/emulator/intrinsics.hpp"

#define ASSAY_KERNEL
#define ASSAY_DEVICE inline
#define ASSAY_LAUNCH_BOUNDS(threads, blocks)
#define ASSAY_UNROLL
#define ASSAY_NO_UNROLL
#define ASSAY_SHARED_ARRAY(Type, name, count) \
  static const char name##_key = 0;           \
  Type(&name)[count] = ::matcher::gpu::emulator::shared_array<Type, (count)>(&name##_key)
#define ASSAY_DYNAMIC_SHARED(name) \
  unsigned char* const name = ::matcher::gpu::emulator::current_block().dynamic_shared()

#endif

#include <cstdint>

namespace matcher::gpu {

inline constexpr std::uint32_t kWarpLanes = 32;
inline constexpr std::uint32_t kAllLanes = 0xffffffffU;

// The number of this thread in the grid, and how many there are: kernels loop over their work with this stride, so that
// a launch may have any size. One-dimensional launches.
ASSAY_DEVICE std::uint32_t grid_thread() {
  return blockIdx.x * blockDim.x + threadIdx.x;
}
ASSAY_DEVICE std::uint32_t grid_threads() {
  return gridDim.x * blockDim.x;
}

// The device's clock, the same for all multiprocessors; its steps may be a microsecond long.
ASSAY_DEVICE std::uint64_t global_nanoseconds() {
#if defined(__CUDACC__)
  std::uint64_t nanoseconds;
  asm volatile("mov.u64 %0, %%globaltimer;" : "=l"(nanoseconds));
  return nanoseconds;
#else
  return emulator::device_nanoseconds();
#endif
}

template <class T>
ASSAY_DEVICE T smaller(T a, T b) {
  return b < a ? b : a;
}
template <class T>
ASSAY_DEVICE T greater(T a, T b) {
  return a < b ? b : a;
}

// What differs between 32 and 64 bits.
ASSAY_DEVICE std::uint32_t set_bits(std::uint32_t word) {
  return static_cast<std::uint32_t>(__popc(word));
}
ASSAY_DEVICE std::uint32_t set_bits(std::uint64_t word) {
  return static_cast<std::uint32_t>(__popcll(word));
}

// The lowest `count` bits. REQUIRES: count <= the bits of Word.
template <class Word>
ASSAY_DEVICE Word low_bits(std::uint32_t count) {
  return count == 0 ? Word{0} : static_cast<Word>(~Word{0}) >> (sizeof(Word) * 8 - count);
}

}  // namespace matcher::gpu
