// Chains of one operation each; kRateChains of them, so that a lane never waits for its last result. Every step also
// takes the chain beside it and the result is used, or the assembler would leave all of it out; sass_counts_test.py
// looks at what is left.
#include "matcher/gpu/device/grid.hpp"
#include "matcher/gpu/device/launch.hpp"
#include "matcher/gpu/ladder/rates.hpp"

namespace matcher::gpu {
namespace {

constexpr std::uint32_t kBlock = 256;

template <Operation kOperation>
__device__ __forceinline__ void step(std::uint32_t& value, std::uint32_t beside, std::uint32_t operand) {
  if constexpr (kOperation == Operation::kLop3) {
    asm volatile("lop3.b32 %0, %0, %1, %2, 0x1e;" : "+r"(value) : "r"(beside), "r"(operand));  // a ^ (b | c)
  } else if constexpr (kOperation == Operation::kMultiplyAdd) {
    asm volatile("mad.lo.u32 %0, %0, %1, %2;" : "+r"(value) : "r"(operand), "r"(beside));
  } else if constexpr (kOperation == Operation::kShift) {
    asm volatile("shf.l.wrap.b32 %0, %0, %1, 7;" : "+r"(value) : "r"(beside));
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

// `never`: a value that the sum of all chains hardly has.
template <Operation kOperation>
__global__ void rate_kernel(std::uint32_t* sink, std::uint32_t never) {
  __shared__ std::uint32_t own_address[kBlock];
  const auto address = static_cast<std::uint32_t>(__cvta_generic_to_shared(own_address + threadIdx.x));
  own_address[threadIdx.x] = address;
  __syncthreads();
  std::uint32_t values[kRateChains];
#pragma unroll
  for (std::uint32_t chain = 0; chain < kRateChains; ++chain) {
    values[chain] = kOperation == Operation::kSharedLoad ? address : (threadIdx.x + never) * (2 * chain + 1);
  }
#pragma unroll 4
  for (std::uint32_t i = 0; i < kRateSteps; ++i) {
#pragma unroll
    for (std::uint32_t chain = 0; chain < kRateChains; ++chain) {
      step<kOperation>(values[chain], values[(chain + 1) % kRateChains], address);
    }
  }
  std::uint32_t all = 0;
#pragma unroll
  for (std::uint32_t chain = 0; chain < kRateChains; ++chain) all += values[chain];
  if (all == never) *sink = all;
}

template <Operation kOperation>
DeviceStatus start(std::uint32_t* sink, cudaStream_t stream) {
  LaunchShape shape;
  shape.grid = {kRateThreads / kBlock, 1, 1};
  shape.block = {kBlock, 1, 1};
  return check("launch", launch(shape, stream, rate_kernel<kOperation>, sink, 0x9e3779b9u));
}

}  // namespace

DeviceStatus enqueue_rate(Operation operation, std::uint32_t* sink, cudaStream_t stream) {
  switch (operation) {
    case Operation::kLop3:
      return start<Operation::kLop3>(sink, stream);
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
