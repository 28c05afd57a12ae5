// Large arrays of the host that several threads fill. Nothing is written before the values are, as the first one to
// write to a page of memory waits for it; and pages are huge where the kernel has them, because names are read in the
// order of their keys, each from another page.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>
#include <utility>
#include <vector>

namespace matcher::gpu {

template <class T>
struct HostAllocator {
  using value_type = T;

  HostAllocator() = default;
  template <class U>
  HostAllocator(const HostAllocator<U>& /*other*/) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    void* const memory = ::operator new(bytes, alignment(bytes));
    if (bytes >= kHugePage) static_cast<void>(::madvise(memory, bytes, MADV_HUGEPAGE));  // a wish
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t count) { ::operator delete(memory, alignment(count * sizeof(T))); }

  // Without arguments: not initialized.
  template <class U, class... Arguments>
  void construct(U* at, Arguments&&... arguments) {
    if constexpr (sizeof...(arguments) == 0) {
      ::new (static_cast<void*>(at)) U;
    } else {
      ::new (static_cast<void*>(at)) U(std::forward<Arguments>(arguments)...);
    }
  }
  friend bool operator==(const HostAllocator& /*a*/, const HostAllocator& /*b*/) { return true; }

 private:
  static constexpr std::size_t kHugePage = std::size_t{2} << 20;

  static std::align_val_t alignment(std::size_t bytes) {
    return std::align_val_t{bytes >= kHugePage ? kHugePage : alignof(std::max_align_t)};
  }
};

// resize() leaves trivial values undefined.
template <class T>
using HostArray = std::vector<T, HostAllocator<T>>;

}  // namespace matcher::gpu
