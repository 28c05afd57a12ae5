// Memory of the fake runtime: device blocks with a limit, pinned and registered host ranges.
#pragma once

#include <cstddef>
#include <map>
#include <memory>

#include "tests/matcher/gpu/device/fake_records.hpp"

namespace matcher::gpu::fake {

// Blocks of exactly the asked size on the heap, so that a sanitizer sees what goes over their ends.
class Memory {
 public:
  explicit Memory(std::size_t limit) : limit_(limit) {}

  // Null when the limit would be passed. The content is poison.
  [[nodiscard]] void* allocate(std::size_t bytes);
  [[nodiscard]] bool release(void* data);  // false: not one of these blocks
  [[nodiscard]] bool holds(const void* data, std::size_t bytes) const;
  [[nodiscard]] std::size_t live() const { return blocks_.size(); }
  [[nodiscard]] std::size_t used() const { return used_; }
  [[nodiscard]] std::size_t limit() const { return limit_; }

 private:
  struct Block {
    std::unique_ptr<std::byte[]> data;
    std::size_t bytes = 0;
  };
  std::size_t limit_;
  std::size_t used_ = 0;
  std::map<const std::byte*, Block> blocks_;
};

class HostRanges {
 public:
  // False if it overlaps a registered range.
  [[nodiscard]] bool add(void* data, std::size_t bytes);
  [[nodiscard]] bool remove(void* data);
  [[nodiscard]] bool holds(const void* data, std::size_t bytes) const;
  [[nodiscard]] std::size_t live() const { return ranges_.size(); }

 private:
  std::map<const std::byte*, std::size_t> ranges_;
};

}  // namespace matcher::gpu::fake
