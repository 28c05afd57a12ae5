// Allocation policy: every text and list is an allocation of its own, freed on its own.
#pragma once

#include <cstddef>
#include <cstring>
#include <new>
#include <string_view>
#include <utility>
#include <vector>

namespace matcher {

class MallocAllocation {
 public:
  // An owned text in one heap block, or null. Not std::string: its small-string optimization keeps names of up to 15
  // bytes inside the object, whereas the audited program's strings (Rust's Option<String>: pointer, capacity, length)
  // always live on the heap. An empty text owns no block, as there.
  class Text {
   public:
    Text() = default;  // null
    explicit Text(std::string_view text) : data_(kEmpty), capacity_(text.size()), size_(text.size()) {
      if (text.empty()) return;
      char* block = static_cast<char*>(::operator new(text.size()));
      std::memcpy(block, text.data(), text.size());
      data_ = block;
    }
    Text(Text&& other) noexcept
        : data_(std::exchange(other.data_, nullptr)),
          capacity_(std::exchange(other.capacity_, 0)),
          size_(std::exchange(other.size_, 0)) {}
    Text& operator=(Text&& other) noexcept {
      std::swap(data_, other.data_);
      std::swap(capacity_, other.capacity_);
      std::swap(size_, other.size_);
      return *this;
    }
    Text(const Text&) = delete;
    Text& operator=(const Text&) = delete;
    ~Text() {
      if (capacity_ > 0) ::operator delete(const_cast<char*>(data_));
    }
    [[nodiscard]] bool is_null() const { return data_ == nullptr; }
    [[nodiscard]] std::string_view view() const { return {data_, size_}; }  // null reads as ""

   private:
    static constexpr const char* kEmpty = "";
    const char* data_ = nullptr;
    std::size_t capacity_ = 0;
    std::size_t size_ = 0;
  };

  template <class T>
  using List = std::vector<T>;

  [[nodiscard]] Text copy(std::string_view text) { return Text(text); }

  template <class T>
  [[nodiscard]] List<T> list_of(std::size_t size) {
    return List<T>(size);
  }
};

}  // namespace matcher
