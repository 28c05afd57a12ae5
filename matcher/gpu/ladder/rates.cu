// Chains of one operation each; kRateChains of them, so that a lane never waits for its last result. Written as PTX
// that the compiler may not take apart (asm volatile), one machine instruction a line.
#include "matcher/gpu/device/grid.hpp"
#include "matcher/gpu/device/launch.hpp"
#include "matcher/gpu/ladder/rates.hpp"

namespace matcher::gpu {
namespace {

constexpr std::uint32_t kBlock = 256;

template <Operation kOperation>
__device__ __forceinline__ void step(std::uint32_t& value, std::uint32_t operand, std::uint32_t shared) {
  if constexpr (kOperation == Operation::kLop3) {
    asm volatile("lop3.b32 %0, %0, %1, %2, 0x96;" : "+r"(value) : "r"(operand), "r"(shared));
  } else if constexpr (kOperation == Operation::kAdd) {
    asm volatile("add.u32 %0, %0, %1;" : "+r"(value) : "r"(operand));
  } else if constexpr (kOperation == Operation::kMultiplyAdd) {
    asm volatile("mad.lo.u32 %0, %0, %1, %1;" : "+r"(value) : "r"(operand));
  } else if constexpr (kOperation == Operation::kShift) {
    asm volatile("shf.l.wrap.b32 %0, %0, %1, %2;" : "+r"(value) : "r"(operand), "r"(shared));
  } else if constexpr (kOperation == Operation::kPopulationCount) {
    asm volatile("popc.b32 %0, %0;" : "+r"(value));
  } else if constexpr (kOperation == Operation::kSharedLoad) {
    asm volatile("ld.shared.u32 %0, [%0];" : "+r"(value));  // every word holds its own address
  } else if constexpr (kOperation == Operation::kShuffle) {
    asm volatile("shfl.sync.bfly.b32 %0, %0, 1, 0x1f, 0xffffffff;" : "+r"(value));
  } else {
    asm volatile("match.any.sync.b32 %0, %0, 0xffffffff;" : "+r"(value));
  }
}

template <Operation kOperation>
__global__ void rate_kernel(std::uint32_t* sink) {
  __shared__ std::uint32_t own_address[kBlock];
  const auto address = static_cast<std::uint32_t>(__cvta_generic_to_shared(own_address + threadIdx.x));
  own_address[threadIdx.x] = address;
  __syncthreads();
  std::uint32_t values[kRateChains];
#pragma unroll
  for (std::uint32_t chain = 0; chain < kRateChains; ++chain) {
    values[chain] = kOperation == Operation::kSharedLoad ? address : threadIdx.x + chain;
  }
  for (std::uint32_t i = 0; i < kRateSteps; ++i) {
#pragma unroll
    for (std::uint32_t chain = 0; chain < kRateChains; ++chain) step<kOperation>(values[chain], threadIdx.x, address);
  }
  std::uint32_t all = 0;
#pragma unroll
  for (std::uint32_t chain = 0; chain < kRateChains; ++chain) all += values[chain];
  if (all == 0x9e3779b9 && kRateSteps == 0) *sink = all;
}

template <Operation kOperation>
DeviceStatus start(std::uint32_t* sink, cudaStream_t stream) {
  LaunchShape shape;
  shape.grid = {kRateThreads / kBlock, 1, 1};
  shape.block = {kBlock, 1, 1};
  return check("launch", launch(shape, stream, rate_kernel<kOperation>, sink));
}

}  // namespace

DeviceStatus enqueue_rate(Operation operation, std::uint32_t* sink, cudaStream_t stream) {
  switch (operation) {
    case Operation::kLop3:
      return start<Operation::kLop3>(sink, stream);
    case Operation::kAdd:
      return start<Operation::kAdd>(sink, stream);
    case Operation::kMultiplyAdd:
      return start<Operation::kMultiplyAdd>(sink, stream);
    case Operation::kShift:
      return start<Operation::kShift>(sink, stream);
    case Operation::kPopulationCount:
      return start<Operation::kPopulationCount>(sink, stream);
    case Operation::kSharedLoad:
      return start<Operation::kSharedLoad>(sink, stream);
    case Operation::kShuffle:
      return start<Operation::kShuffle>(sink, stream);
    case Operation::kMatchAny:
      break;
  }
  return start<Operation::kMatchAny>(sink, stream);
}

}  // namespace matcher::gpu
