#include "harness/core/files.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

namespace assay {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

Status write_all(int fd, std::string_view content, const std::string& name) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fail(ErrorKind::kInternal, "cannot write '{}': {}", name, std::strerror(errno));
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

bool is_device_or_pipe(const std::filesystem::path& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

Status write_in_place(const std::filesystem::path& path, std::string_view content) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (file.get() < 0) return fail(ErrorKind::kInternal, "cannot open '{}': {}", path.string(), std::strerror(errno));
  return write_all(file.get(), content, path.string());
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return fail(ErrorKind::kUsage, "cannot open '{}': {}", path.string(), std::strerror(errno));
  std::string content;
  char buffer[1 << 16];
  for (;;) {
    const ssize_t got = ::read(file.get(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(ErrorKind::kUsage, "cannot read '{}': {}", path.string(), std::strerror(errno));
    if (got == 0) return content;
    content.append(buffer, static_cast<std::size_t>(got));
  }
}

Status write_file_atomically(const std::filesystem::path& path, std::string_view content) {
  if (is_device_or_pipe(path)) return write_in_place(path, content);
  const std::string temporary = path.string() + ".tmp." + std::to_string(::getpid());
  Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (file.get() < 0) {
    return fail(ErrorKind::kInternal, "cannot create '{}': {}", temporary, std::strerror(errno));
  }
  Status written = write_all(file.get(), content, path.string());
  if (written && ::fsync(file.get()) != 0 && errno != EINVAL && errno != EROFS) {
    written = fail(ErrorKind::kInternal, "cannot flush '{}': {}", path.string(), std::strerror(errno));
  }
  if (::close(file.release()) != 0 && written) {
    written = fail(ErrorKind::kInternal, "cannot close '{}': {}", path.string(), std::strerror(errno));
  }
  if (written && std::rename(temporary.c_str(), path.c_str()) != 0) {
    written =
        fail(ErrorKind::kInternal, "cannot rename '{}' to '{}': {}", temporary, path.string(), std::strerror(errno));
  }
  if (!written) ::unlink(temporary.c_str());
  return written;
}

Status make_folder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return fail(ErrorKind::kInternal, "cannot make folder '{}': {}", path.string(), error.message());
  return {};
}

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return fail(ErrorKind::kUsage, "cannot open '{}': {}", path.string(), std::strerror(errno));
  struct stat info {};
  if (::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode)) {
    return fail(ErrorKind::kUsage, "cannot map '{}': not a regular file", path.string());
  }
  MappedFile mapped;
  mapped.size_ = static_cast<std::size_t>(info.st_size);
  if (mapped.size_ == 0) return mapped;
  void* const address = ::mmap(nullptr, mapped.size_, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (address == MAP_FAILED) {
    return fail(ErrorKind::kInternal, "cannot map '{}': {}", path.string(), std::strerror(errno));
  }
  mapped.data_ = static_cast<const std::byte*>(address);
  return mapped;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<std::byte*>(data_), size_);
}

}  // namespace assay
