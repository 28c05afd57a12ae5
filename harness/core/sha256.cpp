#include "harness/core/sha256.hpp"

#include <openssl/evp.h>

#include <array>

#include "harness/core/files.hpp"

namespace assay {

std::string sha256(std::span<const std::byte> bytes) {
  std::array<unsigned char, 32> digest{};
  unsigned int length = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr);
  std::string text;
  text.reserve(64);
  for (const unsigned char byte : digest) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

Result<std::string> sha256_file(const std::filesystem::path& path) {
  ASSAY_TRY(const MappedFile file, MappedFile::open(path));
  return sha256(file.bytes());
}

}  // namespace assay
