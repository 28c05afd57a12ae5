#include "harness/store/journal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
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
  if (::write(fd_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    return fail(ErrorKind::kInternal, "cannot write journal '{}': {}", path_.string(), std::strerror(errno));
  }
  return {};
}

}  // namespace assay::store
