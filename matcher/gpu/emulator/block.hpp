// One thread block: its lanes, what they wait for, and its shared memory.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "matcher/gpu/emulator/emulator.hpp"
#include "matcher/gpu/emulator/fiber.hpp"

namespace matcher::gpu::emulator {

inline constexpr unsigned kWarpSize = 32;

// What the lanes of a warp told each other in one collective.
struct Exchange {
  std::uint32_t participants = 0;  // the mask without lanes that have exited
  std::array<std::uint64_t, kWarpSize> values{};
};

struct Lane {
  Fiber fiber;
  Dim3 thread;
  unsigned number = 0;              // within the block
  const char* waits_for = nullptr;  // null: runnable or finished
  std::uint32_t mask = 0;           // of the collective it waits for; 0: the whole block
  std::uint64_t value = 0;          // what it brings
  Exchange received;
  [[nodiscard]] unsigned in_warp() const { return number % kWarpSize; }
};

class Block {
 public:
  Block(Dim3 shape, std::size_t dynamic_shared_bytes, const EmulatorOptions& options);

  // One block after the other; lanes and their stacks are used again.
  void run(Dim3 index, const std::function<void()>& body);

  // The rest is called on a lane's fiber.
  const Exchange& exchange(const char* operation, std::uint32_t mask, std::uint64_t value);
  void wait_for_block(const char* operation);
  void* shared_array(const void* key, std::size_t bytes);
  [[nodiscard]] unsigned char* dynamic_shared() { return dynamic_shared_.get(); }
  [[nodiscard]] const Lane& lane() const { return *lane_; }

 private:
  Lane& next_lane();
  void wait(const char* operation, std::uint32_t mask, std::uint64_t value);
  void release_group(const Lane& member);
  void leave(const Lane& lane);
  void release_block_barrier();
  void wake(Lane& lane);
  [[nodiscard]] std::string deadlock_report(Dim3 index) const;

  std::size_t dynamic_shared_bytes_;
  bool shuffle_lanes_;
  std::mt19937_64 random_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::vector<std::uint32_t> live_;  // one mask per warp
  unsigned live_lanes_ = 0;
  unsigned at_barrier_ = 0;
  std::deque<Lane*> runnable_;
  Lane* lane_ = nullptr;
  std::map<const void*, std::unique_ptr<unsigned char[]>> shared_arrays_;  // on the heap: overruns hit red zones
  std::unique_ptr<unsigned char[]> dynamic_shared_;
};

// The block that runs on this host thread. REQUIRES: called inside run_grid.
[[nodiscard]] Block& current_block();

// The device's clock: it stands still but for lanes that sleep. Starts at 0 with every grid.
[[nodiscard]] std::uint64_t device_nanoseconds();
void sleep(std::uint64_t nanoseconds);

}  // namespace matcher::gpu::emulator
