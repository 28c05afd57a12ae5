// How many integer operations a second the device does, by kind: what the fractions of a roofline are fractions of.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "matcher/gpu/ladder/kernel_timer.hpp"

namespace matcher::gpu {

// No IADD3: the assembler does every other addition by IMAD, on the other pipe.
enum class Operation { kLop3, kMultiplyAdd, kShift, kPopulationCount, kSharedLoad, kShuffle, kMatchAny };
inline constexpr std::array<std::string_view, 7> kOperationNames = {"LOP3", "IMAD", "SHF",  "POPC",
                                                                    "LDS",  "SHFL", "MATCH"};

// Defined where kernels are compiled. Puts a kernel into the stream in which every lane does kRateSteps steps of
// kRateChains operations that do not wait for each other. sink: one word, whose contents do not matter.
inline constexpr std::uint32_t kRateSteps = 4096;
inline constexpr std::uint32_t kRateChains = 8;
inline constexpr std::uint32_t kRateThreads = 132 * 2048;  // as many as are resident on an H200
[[nodiscard]] DeviceStatus enqueue_rate(Operation operation, std::uint32_t* sink, cudaStream_t stream);

struct OperationRate {
  Operation operation;
  double per_second = 0;  // of single lanes
};
[[nodiscard]] DeviceResult<std::vector<OperationRate>> measure_rates(ResourceTracker& tracker, KernelTimer& timer);

}  // namespace matcher::gpu
