#include "harness/programs/output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "harness/core/descriptor.hpp"
#include "harness/core/sha256.hpp"

namespace assay::programs {
namespace {

// No clock and no tool that copies times gives just this: a second after the epoch and an odd fraction.
constexpr timespec kMark{1, 123'456'789};

}  // namespace

Status mark_unwritten(const std::filesystem::path& file) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0 && errno == ENOENT) return {};
  if (!S_ISREG(info.st_mode)) return fail(ErrorKind::kUsage, "'{}' is no regular file", file.string());
  const std::array<timespec, 2> times{timespec{0, UTIME_OMIT}, kMark};
  if (::utimensat(AT_FDCWD, file.c_str(), times.data(), 0) == 0) return {};
  return fail(ErrorKind::kUsage, "cannot mark '{}': {}", file.string(), std::strerror(errno));
}

Result<std::optional<FileDigest>> written_since_mark(const std::filesystem::path& file) {
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (opened.get() < 0 && errno == ENOENT) return std::optional<FileDigest>();
  struct stat info {};
  if (opened.get() < 0 || ::fstat(opened.get(), &info) != 0) {
    return fail(ErrorKind::kUsage, "cannot read '{}': {}", file.string(), std::strerror(errno));
  }
  if (!S_ISREG(info.st_mode)) return fail(ErrorKind::kUsage, "'{}' is no regular file", file.string());
  // File systems keep times to a nanosecond or to a second.
  const bool marked = info.st_mtim.tv_sec == kMark.tv_sec;
  if (marked) return std::optional<FileDigest>();
  FileDigest digest;
  ASSAY_TRY(digest.sha256, sha256_descriptor(opened.get()));
  digest.bytes = static_cast<std::uint64_t>(info.st_size);
  return std::optional(digest);
}

}  // namespace assay::programs
