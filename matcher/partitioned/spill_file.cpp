// Spill files over POSIX descriptors.
#include "matcher/partitioned/spill_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace matcher {
namespace {

constexpr mode_t kPermissions = 0600;  // rows of the input: nobody else's business

tl::unexpected<Error> fail_file(const std::string& path, const char* what) {
  return fail(ErrorKind::kInternal, "{}: cannot {}: {}; free space or choose another place (--work-folder)", path, what,
              std::strerror(errno));
}

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags)
      : value_(::open(path.c_str(), flags | O_CLOEXEC, kPermissions)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  [[nodiscard]] int get() const { return value_; }

 private:
  int value_;
};

}  // namespace

Status append_to_file(const std::filesystem::path& path, std::string_view bytes) {
  const Descriptor file(path, O_WRONLY | O_APPEND | O_CREAT);
  if (file.get() < 0) return fail_file(path.string(), "open");
  while (!bytes.empty()) {
    const ssize_t count = ::write(file.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail_file(path.string(), "write");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

std::uintmax_t size_of_file(const std::filesystem::path& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  return error ? 0 : size;
}

Result<SpillReader> SpillReader::open(const std::filesystem::path& path, std::size_t buffer_bytes) {
  SpillReader reader;
  reader.path_ = path.string();
  reader.descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (reader.descriptor_ < 0 && errno != ENOENT) return fail_file(reader.path_, "open");
  reader.buffer_.resize(buffer_bytes);
  return reader;
}

SpillReader::SpillReader(SpillReader&& other) noexcept {
  *this = std::move(other);
}

SpillReader& SpillReader::operator=(SpillReader&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(buffer_, other.buffer_);
  std::swap(begin_, other.begin_);
  std::swap(end_, other.end_);
  std::swap(taken_, other.taken_);
  return *this;
}

SpillReader::~SpillReader() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::string_view> SpillReader::take(std::size_t size) {
  if (descriptor_ < 0) return std::string_view();
  if (end_ - begin_ < size) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    buffer_.resize(std::max(buffer_.size(), size));
    while (end_ < size) {
      const ssize_t count = ::read(descriptor_, buffer_.data() + end_, buffer_.size() - end_);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return fail_file(path_, "read");
      if (count == 0) break;
      end_ += static_cast<std::size_t>(count);
    }
    if (end_ == 0) return std::string_view();
    if (end_ < size) return fail(ErrorKind::kInternal, "{}: ends too early; run again without --resume", path_);
  }
  const std::string_view bytes(buffer_.data() + begin_, size);
  begin_ += size;
  taken_ += size;
  return bytes;
}

}  // namespace matcher
