#include "datasets/load/output_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <utility>

namespace assay::datasets {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 20;
constexpr std::uint64_t kWriteBackBytes = std::uint64_t{16} << 20;

}  // namespace

OutputFile::OutputFile(std::filesystem::path path)
    : path_(std::move(path)), temporary_(path_.string() + ".tmp." + std::to_string(::getpid())) {
  buffer_.reserve(kBufferBytes);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::move(other.temporary_)),
      fd_(std::exchange(other.fd_, -1)),
      buffer_(std::move(other.buffer_)),
      position_(other.position_),
      written_(other.written_),
      started_(other.started_) {}

OutputFile::~OutputFile() {
  if (fd_ < 0) return;
  ::close(fd_);
  ::unlink(temporary_.c_str());
}

Result<OutputFile> OutputFile::create(const std::filesystem::path& path) {
  OutputFile file(path);
  file.fd_ = ::open(file.temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file.fd_ < 0) {
    return fail(ErrorKind::kInternal, "cannot create '{}': {}", file.temporary_.string(), std::strerror(errno));
  }
  return file;
}

Status OutputFile::write_through(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      return fail(ErrorKind::kInternal,
                  "cannot write '{}' after {} bytes: {}; make room there or choose another folder", path_.string(),
                  written_, std::strerror(errno));
    }
    written_ += static_cast<std::uint64_t>(count);
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  if (written_ - started_ >= kWriteBackBytes) {  // a hint: its failure changes nothing
    (void)::sync_file_range(fd_, static_cast<off_t>(started_), static_cast<off_t>(written_ - started_),
                            SYNC_FILE_RANGE_WRITE);
    started_ = written_;
  }
  return {};
}

Status OutputFile::flush() {
  Status status = write_through(buffer_);
  buffer_.clear();
  return status;
}

Status OutputFile::write(std::span<const std::byte> bytes) {
  position_ += bytes.size();
  if (buffer_.size() + bytes.size() > kBufferBytes) ASSAY_CHECK(flush());
  if (bytes.size() >= kBufferBytes) return write_through(bytes);
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
  return {};
}

Status OutputFile::pad_to(std::uint64_t alignment) {
  static constexpr std::array<std::byte, 4096> kZeros{};
  const std::uint64_t missing = (alignment - position_ % alignment) % alignment;
  return write(std::span(kZeros).first(static_cast<std::size_t>(missing)));
}

Status OutputFile::commit() {
  ASSAY_CHECK(flush());
  if (::fsync(fd_) != 0 && errno != EINVAL && errno != EROFS) {  // not every file system can flush
    return fail(ErrorKind::kInternal, "cannot flush '{}': {}", path_.string(), std::strerror(errno));
  }
  const int fd = std::exchange(fd_, -1);
  if (::close(fd) != 0 || std::rename(temporary_.c_str(), path_.c_str()) != 0) {
    const int reason = errno;
    ::unlink(temporary_.c_str());
    return fail(ErrorKind::kInternal, "cannot complete '{}': {}", path_.string(), std::strerror(reason));
  }
  return {};
}

}  // namespace assay::datasets
