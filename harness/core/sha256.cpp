#include "harness/core/sha256.hpp"

#include <openssl/evp.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include "harness/core/files.hpp"

namespace assay {
namespace {

std::string hexadecimal(std::span<const unsigned char> digest) {
  std::string text;
  text.reserve(64);
  for (const unsigned char byte : digest) fmt::format_to(std::back_inserter(text), "{:02x}", byte);
  return text;
}

}  // namespace

std::string sha256(std::span<const std::byte> bytes) {
  std::array<unsigned char, 32> digest{};
  unsigned int length = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr);
  return hexadecimal(digest);
}

Result<std::string> sha256_descriptor(int fd) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  std::array<unsigned char, 1 << 16> piece{};
  for (off_t offset = 0;;) {
    const ssize_t got = ::pread(fd, piece.data(), piece.size(), offset);
    if (got == 0) break;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(ErrorKind::kInternal, "cannot read a file: {}", std::strerror(errno));
    EVP_DigestUpdate(context.get(), piece.data(), static_cast<std::size_t>(got));
    offset += got;
  }
  std::array<unsigned char, 32> digest{};
  unsigned int length = 0;
  EVP_DigestFinal_ex(context.get(), digest.data(), &length);
  return hexadecimal(digest);
}

Result<std::string> sha256_file(const std::filesystem::path& path) {
  ASSAY_TRY(const MappedFile file, MappedFile::open(path));
  return sha256(file.bytes());
}

}  // namespace assay
