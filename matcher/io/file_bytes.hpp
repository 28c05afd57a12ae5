// The bytes of an input file: mapped if it is a regular file, read if it is a pipe or a device.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "matcher/model/error.hpp"
#include "matcher/parallel/cancellation.hpp"

namespace matcher {

// Move-only; the bytes live as long as the object and must not be cut short by others meanwhile.
class FileBytes {
 public:
  // Errors: kBadInput if the file is missing, a folder or unreadable.
  [[nodiscard]] static Result<FileBytes> open(const std::filesystem::path& path,
                                              const CancelCallback& is_cancelled = {});

  FileBytes(FileBytes&& other) noexcept;
  FileBytes& operator=(FileBytes&&) = delete;
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;
  ~FileBytes();

  [[nodiscard]] std::string_view text() const {
    return mapped_ != nullptr ? std::string_view(mapped_, mapped_size_) : std::string_view(read_);
  }

 private:
  FileBytes() = default;

  const char* mapped_ = nullptr;
  std::size_t mapped_size_ = 0;
  std::string read_;
};

}  // namespace matcher
