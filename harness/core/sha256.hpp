// SHA-256 of bytes and files, as 64 lower-case hexadecimal digits.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "harness/core/result.hpp"

namespace assay {

[[nodiscard]] std::string sha256(std::span<const std::byte> bytes);

// Errors: kUsage if the file cannot be read.
[[nodiscard]] Result<std::string> sha256_file(const std::filesystem::path& path);

// The bytes of an open file from its beginning, read in pieces: memory does not grow with the file. Errors: kInternal.
[[nodiscard]] Result<std::string> sha256_descriptor(int fd);

}  // namespace assay
