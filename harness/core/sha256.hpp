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

}  // namespace assay
