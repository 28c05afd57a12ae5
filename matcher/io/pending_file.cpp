// Writes a file under a temporary name, then renames it.
#include "matcher/io/pending_file.hpp"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>

namespace matcher {
namespace {

constexpr mode_t kPermissions = 0644;  // as a shell redirection under the usual umask
constexpr mode_t kPermissionBits = 0777;
constexpr int kRoomPollMilliseconds = 100;

// 0, or the system's error number.
int close_descriptor(int descriptor) {
  if (descriptor < 0 || descriptor == STDOUT_FILENO) return 0;
  return ::close(descriptor) == 0 ? 0 : errno;
}

bool is_regular(int descriptor) {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

}  // namespace

Result<PendingFile> PendingFile::open(const std::filesystem::path& path, CancelCallback is_cancelled) {
  if (path == "-") {
    PendingFile file("standard output");
    file.descriptor_ = STDOUT_FILENO;
    file.may_block_ = !is_regular(STDOUT_FILENO);
    file.is_cancelled_ = std::move(is_cancelled);
    return file;
  }
  std::error_code ignored;  // a path that cannot be resolved is tried as it stands, and fails with the system's reason
  const std::filesystem::path resolved = std::filesystem::weakly_canonical(path, ignored);
  PendingFile file(resolved.empty() ? path.string() : resolved.string());
  struct stat status {};
  const bool exists = ::stat(file.name_.c_str(), &status) == 0;
  if (exists && !S_ISREG(status.st_mode)) {
    file.descriptor_ = ::open(file.name_.c_str(), O_WRONLY | O_CLOEXEC);
    if (file.descriptor_ < 0) return file.fail_write(errno);
    file.may_block_ = true;
    file.is_cancelled_ = std::move(is_cancelled);
    return file;
  }
  auto opened = file.open_temporary(exists ? status.st_mode & kPermissionBits : kPermissions);
  if (!opened) return hand_on(opened);
  return file;
}

Status PendingFile::open_temporary(mode_t permissions) {
  std::string pattern = name_ + ".tmp-XXXXXX";
  descriptor_ = ::mkostemp(pattern.data(), O_CLOEXEC);
  if (descriptor_ < 0) return fail_write(errno);
  temporary_ = std::move(pattern);
  permissions_ = permissions;
  return {};
}

Status PendingFile::write(std::string_view bytes) {
  const bool waits = may_block_ && is_cancelled_;
  while (!bytes.empty()) {
    if (waits) {
      if (auto status = wait_for_room(); !status) return status;
    }
    // A pipe with room takes PIPE_BUF bytes at once; more might have to wait.
    const ssize_t count =
        ::write(descriptor_, bytes.data(), waits ? std::min<std::size_t>(bytes.size(), PIPE_BUF) : bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail_write(errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Status PendingFile::wait_for_room() const {
  pollfd room{descriptor_, POLLOUT, 0};
  while (true) {
    if (is_cancelled_()) return fail(ErrorKind::kCancelled, "cancelled");
    const int ready = ::poll(&room, 1, kRoomPollMilliseconds);
    if (ready > 0 || (ready < 0 && errno != EINTR)) return {};  // what is wrong, if anything is, write will say
  }
}

Status PendingFile::commit() {
  auto status = complete();
  return status ? appear() : status;
}

Status PendingFile::complete() {
  int error = 0;
  if (!temporary_.empty()) {
    // A file system without these permissions (a shared folder of another system) may refuse those of the old file.
    if (::fchmod(descriptor_, permissions_) != 0 && ::fchmod(descriptor_, kPermissions) != 0) error = errno;
    if (error == 0 && ::fsync(descriptor_) != 0) error = errno;
  }
  const int close_error = close_descriptor(std::exchange(descriptor_, -1));
  if (error == 0) error = close_error;
  if (error == 0) return {};
  return fail_write(error);
}

Status PendingFile::appear() {
  if (temporary_.empty()) return {};
  if (::rename(temporary_.c_str(), name_.c_str()) != 0) return fail_write(errno);
  temporary_.clear();
  return {};
}

tl::unexpected<Error> PendingFile::fail_write(int error) const {
  return fail(ErrorKind::kInternal, "{}: cannot write: {}; free space or choose another output path", name_,
              std::strerror(error));
}

PendingFile::PendingFile(PendingFile&& other) noexcept
    : name_(std::move(other.name_)),
      temporary_(std::exchange(other.temporary_, {})),
      permissions_(other.permissions_),
      descriptor_(std::exchange(other.descriptor_, -1)),
      may_block_(other.may_block_),
      is_cancelled_(std::move(other.is_cancelled_)) {}

PendingFile::~PendingFile() {
  close_descriptor(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

}  // namespace matcher
