// The bytes of an input file, by mmap or by reading.
#include "matcher/io/file_bytes.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace matcher {
namespace {

constexpr std::size_t kReadBytes = 65536;  // one pipe buffer

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  [[nodiscard]] int get() const { return value_; }

 private:
  int value_;
};

tl::unexpected<Error> fail_errno(const std::filesystem::path& path, const char* what) {
  return fail(ErrorKind::kBadInput, "{}: cannot {}: {}; check the path and its permissions", path.string(), what,
              std::strerror(errno));
}

// Appends everything up to the end of the stream. False on a read error (errno is set).
bool read_to_end(int descriptor, std::string& out) {
  std::array<char, kReadBytes> buffer;
  while (true) {
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count == 0) return true;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    out.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace

Result<FileBytes> FileBytes::open(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return fail_errno(path, "open the file");
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return fail_errno(path, "inspect the file");
  FileBytes bytes;
  if (S_ISDIR(status.st_mode)) {
    return fail(ErrorKind::kBadInput, "{}: is a folder, not a file; name a CSV file", path.string());
  }
  if (S_ISREG(status.st_mode) && status.st_size > 0) {
    const auto size = static_cast<std::size_t>(status.st_size);
    void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file.get(), 0);
    if (address == MAP_FAILED) return fail_errno(path, "map the file");
    bytes.mapped_ = static_cast<const char*>(address);
    bytes.mapped_size_ = size;
    return bytes;
  }
  if (!read_to_end(file.get(), bytes.read_)) return fail_errno(path, "read the file");
  return bytes;
}

FileBytes::FileBytes(FileBytes&& other) noexcept
    : mapped_(std::exchange(other.mapped_, nullptr)), mapped_size_(other.mapped_size_), read_(std::move(other.read_)) {}

FileBytes::~FileBytes() {
  if (mapped_ != nullptr) ::munmap(const_cast<char*>(mapped_), mapped_size_);
}

}  // namespace matcher
