// Heap blocks and ranges of the fake runtime.
#include "tests/matcher/gpu/device/fake_memory.hpp"

#include <cstring>
#include <iterator>
#include <utility>

namespace matcher::gpu::fake {
namespace {

constexpr int kPoison = 0xDB;

}  // namespace

void* Memory::allocate(std::size_t bytes) {
  if (bytes > limit_ - used_) return nullptr;
  Block block{std::make_unique<std::byte[]>(bytes), bytes};
  std::byte* data = block.data.get();
  std::memset(data, kPoison, bytes);
  blocks_.emplace(data, std::move(block));
  used_ += bytes;
  return data;
}

bool Memory::release(void* data) {
  const auto block = blocks_.find(static_cast<std::byte*>(data));
  if (block == blocks_.end()) return false;
  used_ -= block->second.bytes;
  blocks_.erase(block);
  return true;
}

bool Memory::holds(const void* data, std::size_t bytes) const {
  const auto* first = static_cast<const std::byte*>(data);
  const auto after = blocks_.upper_bound(first);
  if (after == blocks_.begin()) return false;
  const auto& [start, block] = *std::prev(after);
  return first + bytes <= start + block.bytes;
}

bool HostRanges::add(void* data, std::size_t bytes) {
  const auto* first = static_cast<const std::byte*>(data);
  const auto after = ranges_.lower_bound(first);
  if (after != ranges_.end() && after->first < first + bytes) return false;
  if (after != ranges_.begin() && std::prev(after)->first + std::prev(after)->second > first) return false;
  ranges_.emplace(first, bytes);
  return true;
}

bool HostRanges::remove(void* data) {
  return ranges_.erase(static_cast<std::byte*>(data)) == 1;
}

bool HostRanges::holds(const void* data, std::size_t bytes) const {
  const auto* first = static_cast<const std::byte*>(data);
  const auto after = ranges_.upper_bound(first);
  if (after == ranges_.begin()) return false;
  return first + bytes <= std::prev(after)->first + std::prev(after)->second;
}

}  // namespace matcher::gpu::fake
