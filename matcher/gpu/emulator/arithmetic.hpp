// CUDA's bit functions and atomics on the CPU. No lane is interrupted, so an atomic is a plain read and write.
#pragma once

#include <bit>
#include <cstdint>

namespace matcher::gpu {

inline int __popc(std::uint32_t value) {
  return std::popcount(value);
}
inline int __popcll(std::uint64_t value) {
  return std::popcount(value);
}
// One plus the place of the lowest set bit; 0 for 0.
inline int __ffs(std::uint32_t value) {
  return value == 0 ? 0 : std::countr_zero(value) + 1;
}
inline int __ffsll(std::uint64_t value) {
  return value == 0 ? 0 : std::countr_zero(value) + 1;
}
inline int __clz(std::uint32_t value) {
  return std::countl_zero(value);
}
inline int __clzll(std::uint64_t value) {
  return std::countl_zero(value);
}
inline std::uint32_t __brev(std::uint32_t value) {
  std::uint32_t reversed = 0;
  for (unsigned i = 0; i < 32; ++i) reversed |= (value >> i & 1U) << (31 - i);
  return reversed;
}

// The high or low word of high:low shifted; by shift modulo 32, with "c" by at most 32.
inline std::uint32_t __funnelshift_l(std::uint32_t low, std::uint32_t high, std::uint32_t shift) {
  return static_cast<std::uint32_t>((std::uint64_t{high} << 32 | low) << (shift & 31) >> 32);
}
inline std::uint32_t __funnelshift_r(std::uint32_t low, std::uint32_t high, std::uint32_t shift) {
  return static_cast<std::uint32_t>((std::uint64_t{high} << 32 | low) >> (shift & 31));
}
inline std::uint32_t __funnelshift_lc(std::uint32_t low, std::uint32_t high, std::uint32_t shift) {
  return shift >= 32 ? low : __funnelshift_l(low, high, shift);
}
inline std::uint32_t __funnelshift_rc(std::uint32_t low, std::uint32_t high, std::uint32_t shift) {
  return shift >= 32 ? high : __funnelshift_r(low, high, shift);
}

// Each returns what was there before.
template <class T>
T atomicExch(T* place, T value) {
  const T before = *place;
  *place = value;
  return before;
}
template <class T>
T atomicAdd(T* place, T value) {
  return atomicExch(place, static_cast<T>(*place + value));
}
template <class T>
T atomicMin(T* place, T value) {
  return atomicExch(place, value < *place ? value : *place);
}
template <class T>
T atomicMax(T* place, T value) {
  return atomicExch(place, value > *place ? value : *place);
}
template <class T>
T atomicAnd(T* place, T value) {
  return atomicExch(place, static_cast<T>(*place & value));
}
template <class T>
T atomicOr(T* place, T value) {
  return atomicExch(place, static_cast<T>(*place | value));
}
template <class T>
T atomicCAS(T* place, T expected, T value) {
  return atomicExch(place, *place == expected ? value : *place);
}

}  // namespace matcher::gpu
