// An input file opened for reading.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>

#include "matcher/model/error.hpp"
#include "matcher/parallel/cancellation.hpp"

namespace matcher {

// A file, pipe or device; a folder is refused. Move-only.
class InputDescriptor {
 public:
  // is_cancelled: asked while a pipe has nothing to read, as nobody may ever write into it. Errors: kBadInput if the
  // file is missing, a folder or unreadable.
  [[nodiscard]] static Result<InputDescriptor> open(const std::filesystem::path& path,
                                                    CancelCallback is_cancelled = {});
  // At most size bytes; 0 at the end. REQUIRES: size > 0. Errors: kBadInput with the system's reason; kCancelled.
  [[nodiscard]] Result<std::size_t> read(char* buffer, std::size_t size) const;

  [[nodiscard]] int get() const { return value_; }
  // Size in bytes of a regular file, 0 of anything else.
  [[nodiscard]] std::size_t size() const { return size_; }
  // "NAME: cannot WHAT: REASON ...", the reason from errno.
  [[nodiscard]] tl::unexpected<Error> fail_errno(const char* what) const;

  InputDescriptor(InputDescriptor&& other) noexcept;
  InputDescriptor& operator=(InputDescriptor&&) = delete;
  InputDescriptor(const InputDescriptor&) = delete;
  InputDescriptor& operator=(const InputDescriptor&) = delete;
  ~InputDescriptor();

 private:
  [[nodiscard]] Status wait_for_bytes() const;
  InputDescriptor(std::string name, int value) : name_(std::move(name)), value_(value) {}

  std::string name_;
  int value_;
  std::size_t size_ = 0;
  bool may_block_ = false;
  CancelCallback is_cancelled_{};
};

}  // namespace matcher
