#include "harness/store/journal.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

namespace assay::store {

Result<Journal> Journal::create(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0644);
  if (fd < 0) return fail(ErrorKind::kInternal, "cannot create journal '{}': {}", path.string(), std::strerror(errno));
  return Journal(fd, path);
}

Journal::Journal(Journal&& other) noexcept : fd_(std::exchange(other.fd_, -1)), path_(std::move(other.path_)) {}

Journal::~Journal() {
  if (fd_ >= 0) ::close(fd_);
}

Status Journal::append(const char* event, Json fields) {
  Json line;
  line["event"] = event;
  line.update(fields);
  const std::string text = line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  struct stat before {};
  if (::fstat(fd_, &before) != 0) return failure();
  for (std::string_view rest = text; !rest.empty();) {
    const ssize_t written = ::write(fd_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      const auto failed = failure();
      if (::ftruncate(fd_, before.st_size) != 0) return failure();  // half a line would spoil the next one too
      return failed;
    }
  }
  return {};
}

tl::unexpected<Error> Journal::failure() const {
  return fail(ErrorKind::kInternal, "cannot write journal '{}': {}", path_.string(), std::strerror(errno));
}

}  // namespace assay::store
