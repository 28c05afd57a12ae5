// Opens input files and reads from them.
#include "matcher/io/input_descriptor.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace matcher {

namespace {

constexpr int kBytesPollMilliseconds = 100;

}  // namespace

Result<InputDescriptor> InputDescriptor::open(const std::filesystem::path& path, CancelCallback is_cancelled) {
  // A pipe would else be opened when somebody opens its other end: that is waited for where it is read.
  InputDescriptor file(path.string(), ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.value_ < 0) return file.fail_errno("open the file");
  struct stat status {};
  if (::fstat(file.value_, &status) != 0) return file.fail_errno("inspect the file");
  if (S_ISDIR(status.st_mode)) {
    return fail(ErrorKind::kBadInput, "{}: is a folder, not a file; name a CSV file", file.name_);
  }
  if (S_ISREG(status.st_mode)) file.size_ = static_cast<std::size_t>(status.st_size);
  file.may_block_ = !S_ISREG(status.st_mode);
  file.is_cancelled_ = std::move(is_cancelled);
  return file;
}

Result<std::size_t> InputDescriptor::read(char* buffer, std::size_t size) const {
  while (true) {
    if (may_block_) {
      if (auto status = wait_for_bytes(); !status) return hand_on(status);
    }
    const ssize_t count = ::read(value_, buffer, size);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR && errno != EAGAIN) return fail_errno("read the file");
  }
}

Status InputDescriptor::wait_for_bytes() const {
  pollfd bytes{value_, POLLIN, 0};
  while (true) {
    if (is_cancelled_ && is_cancelled_()) return fail(ErrorKind::kCancelled, "cancelled");
    const int ready = ::poll(&bytes, 1, kBytesPollMilliseconds);
    if (ready > 0 || (ready < 0 && errno != EINTR)) return {};  // what is wrong, if anything is, read will say
  }
}

tl::unexpected<Error> InputDescriptor::fail_errno(const char* what) const {
  return fail(ErrorKind::kBadInput, "{}: cannot {}: {}; check the path and its permissions", name_, what,
              std::strerror(errno));
}

InputDescriptor::InputDescriptor(InputDescriptor&& other) noexcept
    : name_(std::move(other.name_)),
      value_(std::exchange(other.value_, -1)),
      size_(other.size_),
      may_block_(other.may_block_),
      is_cancelled_(std::move(other.is_cancelled_)) {}

InputDescriptor::~InputDescriptor() {
  if (value_ >= 0) ::close(value_);
}

}  // namespace matcher
