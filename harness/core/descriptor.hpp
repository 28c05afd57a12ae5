// An owned file descriptor, and files that exist in memory only.
#pragma once

#include <utility>

#include "harness/core/result.hpp"

namespace assay {

// Owns a file descriptor. Move-only.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();
  [[nodiscard]] int get() const { return fd_; }
  void close();

 private:
  int fd_ = -1;
};

// A file that exists in memory only. Errors: kInternal.
[[nodiscard]] Result<Descriptor> make_memory_file(const char* name);

}  // namespace assay
