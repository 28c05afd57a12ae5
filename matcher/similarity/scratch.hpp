// Working memory of one call: on the stack while it is small, else on the heap.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>

namespace matcher {

// `count` value-initialised elements. A thread_local buffer would keep a plugin from being unloaded.
template <typename Element, std::size_t kOnStack>
class Scratch {
 public:
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): only `count` elements are ever used
  explicit Scratch(std::size_t count) {
    if (count > kOnStack) {
      large_ = std::make_unique<Element[]>(count);
      data_ = large_.get();
    } else {
      std::fill_n(small_.data(), count, Element{});
      data_ = small_.data();
    }
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] Element* data() { return data_; }
  [[nodiscard]] Element& operator[](std::size_t index) { return data_[index]; }

 private:
  std::array<Element, kOnStack> small_;
  std::unique_ptr<Element[]> large_;
  Element* data_ = nullptr;
};

}  // namespace matcher
