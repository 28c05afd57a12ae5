// The grid: blocks one after the other.
#include "matcher/gpu/emulator/emulator.hpp"

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

#include "matcher/gpu/emulator/block.hpp"
#include "matcher/gpu/emulator/intrinsics.hpp"

namespace matcher::gpu {

constinit thread_local emulator::Dim3 threadIdx;
constinit thread_local emulator::Dim3 blockIdx;
constinit thread_local emulator::Dim3 blockDim;
constinit thread_local emulator::Dim3 gridDim;

}  // namespace matcher::gpu

namespace matcher::gpu::emulator {
namespace {

constinit thread_local Block* running = nullptr;
constinit thread_local const EmulatorOptions* running_options = nullptr;
constinit thread_local std::uint64_t clock_ns = 0;

struct Running {
  Running(Block& block, const EmulatorOptions& options) {
    running = &block;
    running_options = &options;
    clock_ns = 0;
  }
  ~Running() { running = nullptr; }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
};

}  // namespace

Block& current_block() {
  if (running == nullptr) throw EmulatorError("a CUDA intrinsic was called outside run_grid");
  return *running;
}

std::uint64_t device_nanoseconds() {
  return clock_ns;
}

void sleep(std::uint64_t nanoseconds) {
  static_cast<void>(current_block());
  clock_ns += nanoseconds;
  if (running_options->while_asleep) running_options->while_asleep();
}

void run_grid(Dim3 grid, Dim3 block, std::size_t dynamic_shared_bytes, const std::function<void()>& body,
              const EmulatorOptions& options) {
  if (running != nullptr)
    throw EmulatorError("run_grid: called inside a grid; kernels that launch kernels are not emulated");
  std::vector<unsigned> order(std::size_t{grid.x} * grid.y * grid.z);
  std::iota(order.begin(), order.end(), 0U);
  if (options.shuffle_blocks) std::shuffle(order.begin(), order.end(), std::mt19937_64(options.seed));
  Block lanes(block, dynamic_shared_bytes, options);
  const Running guard(lanes, options);
  gridDim = grid;
  blockDim = block;
  for (const unsigned number : order) {
    const Dim3 index{number % grid.x, number / grid.x % grid.y, number / grid.x / grid.y};
    lanes.run(index, body);
  }
}

}  // namespace matcher::gpu::emulator
