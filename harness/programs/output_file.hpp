// A file that a program writes: whether this run wrote it, and what is in it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "harness/core/result.hpp"

namespace assay::programs {

struct FileDigest {
  std::string sha256;
  std::uint64_t bytes = 0;
};

// Sets the file's time of change to a moment long past, so that written_since_mark can tell whether a run wrote it; the
// contents stay. A file that is not there needs no mark. Errors: kUsage (not a regular file, not ours to change).
[[nodiscard]] Status mark_unwritten(const std::filesystem::path& file);

// What the file holds; nothing if it is missing or still carries the mark. Errors: kUsage if it cannot be read.
[[nodiscard]] Result<std::optional<FileDigest>> written_since_mark(const std::filesystem::path& file);

}  // namespace assay::programs
