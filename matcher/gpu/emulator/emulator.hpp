// Runs a CUDA kernel that a C++ compiler has compiled, on one CPU thread: what a test needs to check device code
// without a GPU.
//
// Every CUDA thread is a fiber that runs until it waits at a barrier or a warp collective. So a data race does not show
// by itself: shuffle_lanes takes the lanes in an order drawn from the seed at every step, and what lacks a __syncwarp
// then gives another answer for some seed. Blocks run one after the other; a block that waits for another one never
// ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>

namespace matcher::gpu::emulator {

struct Dim3 {
  unsigned x = 1, y = 1, z = 1;
};

struct EmulatorOptions {
  std::uint64_t seed = 0;
  bool shuffle_lanes = false;            // otherwise first come, first served
  bool shuffle_blocks = false;           // otherwise in ascending order
  std::function<void()> while_asleep{};  // what the rest of the machine does whenever a lane calls __nanosleep
};

// What would be undefined on a device: a deadlock, a lane outside its own mask, a shuffle from a lane that takes no
// part.
struct EmulatorError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Calls `body` once per CUDA thread of the grid; the intrinsics of intrinsics.hpp work inside. Shared memory is filled
// with kPoison before every block. Throws EmulatorError, or what the body throws. Not reentrant; any number of host
// threads may each run a grid of their own.
void run_grid(Dim3 grid, Dim3 block, std::size_t dynamic_shared_bytes, const std::function<void()>& body,
              const EmulatorOptions& options = {});

inline constexpr unsigned char kPoison = 0xA5;

}  // namespace matcher::gpu::emulator
