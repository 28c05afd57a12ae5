// Opens input files and reads from them.
#include "matcher/io/input_descriptor.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace matcher {

Result<InputDescriptor> InputDescriptor::open(const std::filesystem::path& path) {
  InputDescriptor file(path.string(), ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.value_ < 0) return file.fail_errno("open the file");
  struct stat status {};
  if (::fstat(file.value_, &status) != 0) return file.fail_errno("inspect the file");
  if (S_ISDIR(status.st_mode)) {
    return fail(ErrorKind::kBadInput, "{}: is a folder, not a file; name a CSV file", file.name_);
  }
  if (S_ISREG(status.st_mode)) file.size_ = static_cast<std::size_t>(status.st_size);
  return file;
}

Result<std::size_t> InputDescriptor::read(char* buffer, std::size_t size) const {
  while (true) {
    const ssize_t count = ::read(value_, buffer, size);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) return fail_errno("read the file");
  }
}

tl::unexpected<Error> InputDescriptor::fail_errno(const char* what) const {
  return fail(ErrorKind::kBadInput, "{}: cannot {}: {}; check the path and its permissions", name_, what,
              std::strerror(errno));
}

InputDescriptor::InputDescriptor(InputDescriptor&& other) noexcept
    : name_(std::move(other.name_)), value_(std::exchange(other.value_, -1)), size_(other.size_) {}

InputDescriptor::~InputDescriptor() {
  if (value_ >= 0) ::close(value_);
}

}  // namespace matcher
