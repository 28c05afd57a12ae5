// Files: whole reads, atomic writes, read-only mappings. Every failure names the path and the system's reason.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "harness/core/result.hpp"

namespace assay {

// Reads a whole file. Errors: kUsage if it cannot be opened or read.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path);

// Writes via a temporary name in the same folder, flushes to disk and renames: a reader sees the old file or the new
// one, never half of it, and a failure leaves nothing behind. A device or pipe is written to as it is: it cannot be
// replaced (-o /dev/null). Errors: kInternal (disk full, read-only folder).
[[nodiscard]] Status write_file_atomically(const std::filesystem::path& path, std::string_view content);

// Makes a folder and its parents. Errors: kInternal.
[[nodiscard]] Status make_folder(const std::filesystem::path& path);

// A file mapped read-only (MAP_PRIVATE); unmapped on destruction. Move-only.
class MappedFile {
 public:
  // Errors: kUsage if the file is missing or unreadable. An empty file maps to an empty span.
  [[nodiscard]] static Result<MappedFile> open(const std::filesystem::path& path);

  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  [[nodiscard]] std::span<const std::byte> bytes() const { return {data_, size_}; }

 private:
  const std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace assay
