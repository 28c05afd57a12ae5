// A large file written piece by piece under a temporary name and given its real name only when it is complete.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "harness/core/result.hpp"

namespace assay::datasets {

// Call order: create (write | pad_to)* commit. Without commit nothing is left on disk. Write-back starts as the file
// grows, so that the flush in commit has little left to do. Move-only, one thread.
class OutputFile {
 public:
  // Errors: kInternal if the file cannot be created.
  [[nodiscard]] static Result<OutputFile> create(const std::filesystem::path& path);

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  // Errors: kInternal (disk full, with the bytes that did not fit named).
  [[nodiscard]] Status write(std::span<const std::byte> bytes);
  [[nodiscard]] Status write(std::string_view text) { return write(std::as_bytes(std::span(text))); }

  // Writes zeros up to a multiple of alignment.
  [[nodiscard]] Status pad_to(std::uint64_t alignment);

  [[nodiscard]] std::uint64_t position() const { return position_; }

  // Flushes to disk and renames. Errors: kInternal.
  [[nodiscard]] Status commit();

 private:
  explicit OutputFile(std::filesystem::path path);
  [[nodiscard]] Status flush();
  [[nodiscard]] Status write_through(std::span<const std::byte> bytes);

  std::filesystem::path path_;
  std::filesystem::path temporary_;
  int fd_ = -1;
  std::vector<std::byte> buffer_;
  std::uint64_t position_ = 0;  // bytes accepted, the buffered ones included
  std::uint64_t written_ = 0;   // bytes handed to the system
  std::uint64_t started_ = 0;   // bytes whose write-back was started
};

}  // namespace assay::datasets
