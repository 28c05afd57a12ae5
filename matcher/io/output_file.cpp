// Writes an output file under a temporary name, then renames it.
#include "matcher/io/output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>

namespace matcher {
namespace {

constexpr mode_t kPermissions = 0644;  // as a shell redirection under the usual umask

tl::unexpected<Error> fail_write(const std::filesystem::path& path, int error) {
  return fail(ErrorKind::kInternal, "{}: cannot write: {}; free space or choose another output path", path.string(),
              std::strerror(error));
}

// Everything, in as many writes as it takes. 0, or the system's error number.
int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

// Runs the producer into a descriptor. 0, or the error number of the first write that failed.
int produce_into(int descriptor, const std::function<void(const ByteSink&)>& produce) {
  int error = 0;
  produce([&](std::string_view bytes) {
    if (error == 0) error = write_all(descriptor, bytes);
    return error == 0;
  });
  return error;
}

Status write_directly(const std::filesystem::path& path, const std::function<void(const ByteSink&)>& produce) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return fail_write(path, errno);
  int error = produce_into(descriptor, produce);
  if (::close(descriptor) != 0 && error == 0) error = errno;
  if (error != 0) return fail_write(path, error);
  return {};
}

Status write_and_rename(const std::filesystem::path& path, const std::function<void(const ByteSink&)>& produce) {
  std::string temporary = path.string() + ".tmp-XXXXXX";
  const int descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);
  if (descriptor < 0) return fail_write(path, errno);
  int error = produce_into(descriptor, produce);
  if (error == 0 && ::fchmod(descriptor, kPermissions) != 0) error = errno;
  if (error == 0 && ::fsync(descriptor) != 0) error = errno;
  if (::close(descriptor) != 0 && error == 0) error = errno;
  if (error == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) return {};
  ::unlink(temporary.c_str());
  return fail_write(path, error);
}

}  // namespace

Status write_output(const std::filesystem::path& path, const std::function<void(const ByteSink&)>& produce) {
  if (path == "-") {
    const int error = produce_into(STDOUT_FILENO, produce);
    if (error != 0) return fail_write("standard output", error);
    return {};
  }
  std::error_code ignored;  // a path that cannot be resolved is tried as it stands, and fails with the system's reason
  const std::filesystem::path resolved = std::filesystem::weakly_canonical(path, ignored);
  const std::filesystem::path& target = resolved.empty() ? path : resolved;
  struct stat status {};
  if (::stat(target.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) return write_directly(target, produce);
  return write_and_rename(target, produce);
}

}  // namespace matcher
