// CUDA's names for code that runs inside run_grid: indices, barriers, warp collectives, atomics and bit functions, as
// the CUDA C++ Programming Guide defines them. They live in matcher::gpu, where kernels find them before any of a CUDA
// header.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>

#include "matcher/gpu/emulator/block.hpp"

namespace matcher::gpu {

extern constinit thread_local emulator::Dim3 threadIdx;
extern constinit thread_local emulator::Dim3 blockIdx;
extern constinit thread_local emulator::Dim3 blockDim;
extern constinit thread_local emulator::Dim3 gridDim;

namespace emulator {

// The array that the first thread of a block to come here makes. `key`: an address of its own for every declaration.
template <class T, std::size_t kCount>
T (&shared_array(const void* key))
[kCount] {
  static_assert(std::is_trivially_copyable_v<T>);
  return *static_cast<T(*)[kCount]>(current_block().shared_array(key, sizeof(T) * kCount));
}

template <class T>
std::uint64_t to_bits(T value) {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= sizeof(std::uint64_t));
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof(T));
  return bits;
}

template <class T>
T from_bits(std::uint64_t bits) {
  T value;
  std::memcpy(&value, &bits, sizeof(T));
  return value;
}

// The value of lane `source`, which must take part.
template <class T>
T value_of(const Exchange& exchange, unsigned source, const char* operation) {
  if (source >= kWarpSize || ((exchange.participants >> source) & 1) == 0) {
    throw EmulatorError(std::string(operation) + ": reads from lane " + std::to_string(source) +
                        ", which takes no part; its value would be undefined");
  }
  return from_bits<T>(exchange.values[source]);
}

template <class T, class Combine>
T reduce(const char* operation, std::uint32_t mask, T value, Combine combine) {
  const Exchange& exchange = current_block().exchange(operation, mask, to_bits(value));
  std::uint32_t rest = exchange.participants;
  T result = from_bits<T>(exchange.values[static_cast<std::size_t>(std::countr_zero(rest))]);
  for (rest &= rest - 1; rest != 0; rest &= rest - 1) {
    result = combine(result, from_bits<T>(exchange.values[static_cast<std::size_t>(std::countr_zero(rest))]));
  }
  return result;
}

// The lanes of a shuffle see segments of `width` lanes.
inline unsigned segment_of(unsigned lane, int width) {
  return lane & ~(static_cast<unsigned>(width) - 1);
}

}  // namespace emulator

inline void __syncthreads() {
  emulator::current_block().wait_for_block("__syncthreads");
}

// Fences order what only other streams or devices could see.
inline void __threadfence_system() {}
inline void __nanosleep(unsigned nanoseconds) {
  emulator::sleep(nanoseconds);
}

inline void __syncwarp(std::uint32_t mask = 0xffffffffU) {
  emulator::current_block().exchange("__syncwarp", mask, 0);
}

inline std::uint32_t __ballot_sync(std::uint32_t mask, int predicate) {
  const auto& exchange =
      emulator::current_block().exchange("__ballot_sync", mask, static_cast<std::uint64_t>(predicate != 0));
  std::uint32_t votes = 0;
  for (unsigned i = 0; i < emulator::kWarpSize; ++i) {
    votes |= (exchange.participants >> i & 1 & static_cast<std::uint32_t>(exchange.values[i])) << i;
  }
  return votes;
}

inline int __any_sync(std::uint32_t mask, int predicate) {
  return emulator::reduce<int>("__any_sync", mask, predicate != 0, [](int a, int b) { return a | b; });
}

inline int __all_sync(std::uint32_t mask, int predicate) {
  return emulator::reduce<int>("__all_sync", mask, predicate != 0, [](int a, int b) { return a & b; });
}

template <class T>
std::uint32_t __match_any_sync(std::uint32_t mask, T value) {
  const std::uint64_t own = emulator::to_bits(value);
  const auto& exchange = emulator::current_block().exchange("__match_any_sync", mask, own);
  std::uint32_t equal = 0;
  for (unsigned i = 0; i < emulator::kWarpSize; ++i) {
    equal |= (exchange.participants >> i & 1 & static_cast<std::uint32_t>(exchange.values[i] == own)) << i;
  }
  return equal;
}

template <class T>
T __shfl_sync(std::uint32_t mask, T value, int source, int width = 32) {
  constexpr const char* kName = "__shfl_sync";
  emulator::Block& block = emulator::current_block();
  const auto& exchange = block.exchange(kName, mask, emulator::to_bits(value));
  const unsigned base = emulator::segment_of(block.lane().in_warp(), width);
  return emulator::value_of<T>(exchange, base + (static_cast<unsigned>(source) & (static_cast<unsigned>(width) - 1)),
                               kName);
}

template <class T>
T __shfl_up_sync(std::uint32_t mask, T value, unsigned delta, int width = 32) {
  constexpr const char* kName = "__shfl_up_sync";
  emulator::Block& block = emulator::current_block();
  const auto& exchange = block.exchange(kName, mask, emulator::to_bits(value));
  const unsigned lane = block.lane().in_warp();
  return lane < emulator::segment_of(lane, width) + delta ? value
                                                          : emulator::value_of<T>(exchange, lane - delta, kName);
}

template <class T>
T __shfl_down_sync(std::uint32_t mask, T value, unsigned delta, int width = 32) {
  constexpr const char* kName = "__shfl_down_sync";
  emulator::Block& block = emulator::current_block();
  const auto& exchange = block.exchange(kName, mask, emulator::to_bits(value));
  const unsigned lane = block.lane().in_warp();
  const unsigned end = emulator::segment_of(lane, width) + static_cast<unsigned>(width);
  return lane + delta >= end ? value : emulator::value_of<T>(exchange, lane + delta, kName);
}

template <class T>
T __shfl_xor_sync(std::uint32_t mask, T value, int lane_mask, int width = 32) {
  constexpr const char* kName = "__shfl_xor_sync";
  emulator::Block& block = emulator::current_block();
  const auto& exchange = block.exchange(kName, mask, emulator::to_bits(value));
  const unsigned lane = block.lane().in_warp();
  const unsigned source = lane ^ static_cast<unsigned>(lane_mask);
  const unsigned end = emulator::segment_of(lane, width) + static_cast<unsigned>(width);
  return source >= end ? value : emulator::value_of<T>(exchange, source, kName);
}

template <class T>
T __reduce_add_sync(std::uint32_t mask, T value) {
  return emulator::reduce("__reduce_add_sync", mask, value,
                          [](T a, T b) { return static_cast<T>(std::uint32_t(a) + std::uint32_t(b)); });
}
template <class T>
T __reduce_min_sync(std::uint32_t mask, T value) {
  return emulator::reduce("__reduce_min_sync", mask, value, [](T a, T b) { return std::min(a, b); });
}
template <class T>
T __reduce_max_sync(std::uint32_t mask, T value) {
  return emulator::reduce("__reduce_max_sync", mask, value, [](T a, T b) { return std::max(a, b); });
}
inline std::uint32_t __reduce_and_sync(std::uint32_t mask, std::uint32_t value) {
  return emulator::reduce("__reduce_and_sync", mask, value, [](std::uint32_t a, std::uint32_t b) { return a & b; });
}
inline std::uint32_t __reduce_or_sync(std::uint32_t mask, std::uint32_t value) {
  return emulator::reduce("__reduce_or_sync", mask, value, [](std::uint32_t a, std::uint32_t b) { return a | b; });
}
inline std::uint32_t __reduce_xor_sync(std::uint32_t mask, std::uint32_t value) {
  return emulator::reduce("__reduce_xor_sync", mask, value, [](std::uint32_t a, std::uint32_t b) { return a ^ b; });
}

}  // namespace matcher::gpu
