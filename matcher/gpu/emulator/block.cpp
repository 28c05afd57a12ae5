// The scheduler of one block: lanes run until they wait, and a collective completes when its last live lane arrives.
#include "matcher/gpu/emulator/block.hpp"

#include <bit>
#include <cstring>
#include <utility>

#include "matcher/gpu/emulator/intrinsics.hpp"

namespace matcher::gpu::emulator {
namespace {

std::uint32_t bit(unsigned lane) {
  return std::uint32_t{1} << lane;
}

std::unique_ptr<unsigned char[]> poisoned(std::size_t bytes) {
  auto memory = std::make_unique_for_overwrite<unsigned char[]>(bytes);
  std::memset(memory.get(), kPoison, bytes);
  return memory;
}

std::string text_of(Dim3 index) {
  return std::to_string(index.x) + ", " + std::to_string(index.y) + ", " + std::to_string(index.z);
}

}  // namespace

Block::Block(Dim3 shape, std::size_t dynamic_shared_bytes, const EmulatorOptions& options)
    : dynamic_shared_bytes_(dynamic_shared_bytes), shuffle_lanes_(options.shuffle_lanes), random_(options.seed) {
  for (unsigned z = 0; z < shape.z; ++z) {
    for (unsigned y = 0; y < shape.y; ++y) {
      for (unsigned x = 0; x < shape.x; ++x) {
        auto lane = std::make_unique<Lane>();
        lane->thread = {x, y, z};
        lane->number = static_cast<unsigned>(lanes_.size());
        lanes_.push_back(std::move(lane));
      }
    }
  }
}

void Block::run(Dim3 index, const std::function<void()>& body) {
  blockIdx = index;
  shared_arrays_.clear();
  dynamic_shared_ = poisoned(dynamic_shared_bytes_);
  live_.assign((lanes_.size() + kWarpSize - 1) / kWarpSize, 0);
  live_lanes_ = static_cast<unsigned>(lanes_.size());
  at_barrier_ = 0;
  runnable_.clear();
  for (const auto& lane : lanes_) {
    live_[lane->number / kWarpSize] |= bit(lane->in_warp());
    lane->fiber.start(body);
    wake(*lane);
  }
  while (!runnable_.empty()) {
    lane_ = &next_lane();
    threadIdx = lane_->thread;
    lane_->fiber.resume();
    if (lane_->fiber.finished()) leave(*lane_);
  }
  if (live_lanes_ > 0) throw EmulatorError(deadlock_report(index));
}

Lane& Block::next_lane() {
  if (shuffle_lanes_) std::swap(runnable_.front(), runnable_[random_() % runnable_.size()]);
  Lane& lane = *runnable_.front();
  runnable_.pop_front();
  return lane;
}

void Block::wake(Lane& lane) {
  lane.waits_for = nullptr;
  runnable_.push_back(&lane);
}

void Block::wait(const char* operation, std::uint32_t mask, std::uint64_t value) {
  Lane& lane = *lane_;
  lane.waits_for = operation;
  lane.mask = mask;
  lane.value = value;
}

const Exchange& Block::exchange(const char* operation, std::uint32_t mask, std::uint64_t value) {
  Lane& lane = *lane_;
  if ((mask & bit(lane.in_warp())) == 0) {
    throw EmulatorError(std::string(operation) + ": lane " + std::to_string(lane.in_warp()) +
                        " is not in its own mask; name every lane that makes the call");
  }
  wait(operation, mask, value);
  release_group(lane);
  lane.fiber.suspend();
  return lane.received;
}

// Wakes the lanes that wait in the same operation with the same mask, once they are all there. An operation's name is a
// literal in its wrapper: equal addresses are equal operations.
void Block::release_group(const Lane& member) {
  const unsigned warp = member.number / kWarpSize;
  const unsigned first = warp * kWarpSize;
  const char* const operation = member.waits_for;
  const std::uint32_t mask = member.mask;
  Exchange exchange;
  exchange.participants = mask & live_[warp];
  for (std::uint32_t rest = exchange.participants; rest != 0; rest &= rest - 1) {
    const auto i = static_cast<unsigned>(std::countr_zero(rest));
    const Lane& other = *lanes_[first + i];
    if (other.waits_for != operation || other.mask != mask) return;
    exchange.values[i] = other.value;
  }
  for (std::uint32_t rest = exchange.participants; rest != 0; rest &= rest - 1) {
    Lane& other = *lanes_[first + static_cast<unsigned>(std::countr_zero(rest))];
    other.received = exchange;
    wake(other);
  }
}

// Nobody waits for a lane that has exited.
void Block::leave(const Lane& lane) {
  const unsigned warp = lane.number / kWarpSize;
  --live_lanes_;
  live_[warp] &= ~bit(lane.in_warp());
  for (std::uint32_t rest = live_[warp]; rest != 0; rest &= rest - 1) {
    const Lane& other = *lanes_[warp * kWarpSize + static_cast<unsigned>(std::countr_zero(rest))];
    if (other.waits_for != nullptr && other.mask != 0) release_group(other);
  }
  release_block_barrier();
}

void Block::wait_for_block(const char* operation) {
  Lane& lane = *lane_;
  wait(operation, 0, 0);
  ++at_barrier_;
  release_block_barrier();
  lane.fiber.suspend();
}

void Block::release_block_barrier() {
  if (at_barrier_ == 0 || at_barrier_ != live_lanes_) return;
  at_barrier_ = 0;
  for (const auto& lane : lanes_) {
    if (lane->waits_for != nullptr) wake(*lane);
  }
}

void* Block::shared_array(const void* key, std::size_t bytes) {
  auto& memory = shared_arrays_[key];
  if (!memory) memory = poisoned(bytes);
  return memory.get();
}

std::string Block::deadlock_report(Dim3 index) const {
  std::string text = "deadlock in block (" + text_of(index) + "): ";
  unsigned named = 0;
  for (const auto& lane : lanes_) {
    if (lane->waits_for == nullptr) continue;
    if (named++ == 4) break;
    text += "thread " + std::to_string(lane->number) + " waits in " + lane->waits_for + ", ";
  }
  return text + std::to_string(live_lanes_) +
         " threads wait for lanes that never come; every live lane of a mask must make the call";
}

}  // namespace matcher::gpu::emulator
