// Allocation policy: texts and lists are cut from large blocks by moving a pointer, and all freed at once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace matcher {

// Bump allocation: a request is a pointer addition, nothing is freed before the arena is. Move-only, one thread.
class ArenaAllocation {
 public:
  // A text in the arena, or null; trivially destructible.
  class Text {
   public:
    Text() = default;  // null
    Text(const char* data, std::size_t size) : data_(data), size_(size) {}
    [[nodiscard]] bool is_null() const { return data_ == nullptr; }
    [[nodiscard]] std::string_view view() const { return {data_, size_}; }  // null reads as ""

   private:
    const char* data_ = nullptr;
    std::size_t size_ = 0;
  };

  template <class T>
  using List = std::span<T>;

  [[nodiscard]] Text copy(std::string_view text) {
    char* bytes = allocate(text.size(), 1);
    if (!text.empty()) std::memcpy(bytes, text.data(), text.size());
    return {bytes, text.size()};
  }

  // Elements are never destroyed one by one.
  template <class T>
  [[nodiscard]] List<T> list_of(std::size_t size) {
    static_assert(std::is_trivially_destructible_v<T>);
    T* first = reinterpret_cast<T*>(allocate(size * sizeof(T), alignof(T)));
    std::uninitialized_value_construct_n(first, size);
    return {first, size};
  }

 private:
  static constexpr std::size_t kFirstBlockBytes = std::size_t{64} << 10;
  static constexpr std::size_t kLargestBlockBytes = std::size_t{16} << 20;  // bounds what the last block may waste

  [[nodiscard]] char* allocate(std::size_t bytes, std::size_t alignment) {
    std::size_t begin = (used_ + alignment - 1) / alignment * alignment;
    if (blocks_.empty() || begin + bytes > block_bytes_) {
      add_block(bytes);
      begin = 0;
    }
    used_ = begin + bytes;
    return blocks_.back().get() + begin;
  }

  void add_block(std::size_t at_least) {
    const std::size_t doubled = blocks_.empty() ? kFirstBlockBytes : std::min(block_bytes_ * 2, kLargestBlockBytes);
    block_bytes_ = std::max(doubled, at_least);
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_bytes_));
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t block_bytes_ = 0;  // of the last block
  std::size_t used_ = 0;         // of the last block
};

}  // namespace matcher
