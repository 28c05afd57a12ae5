#include "harness/store/journal.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

#include "harness/store/journal_line.hpp"
#include "harness/store/journal_reader.hpp"

namespace assay::store {
namespace {

// A new file's name is safe only once its folder is. Best effort: some file systems refuse.
void flush_folder(const std::filesystem::path& folder) {
  const int fd = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  ::fsync(fd);
  ::close(fd);
}

}  // namespace

Result<Journal> Journal::create(const std::filesystem::path& path, Flush flush) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0644);
  if (fd < 0) return fail(ErrorKind::kInternal, "cannot create journal '{}': {}", path.string(), std::strerror(errno));
  static_cast<void>(::flock(fd, LOCK_EX | LOCK_NB));  // nobody else can have it yet
  flush_folder(path.parent_path());
  return Journal(fd, path, flush);
}

Result<std::pair<Journal, std::vector<Json>>> Journal::reopen(const std::filesystem::path& path, Flush flush) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (fd < 0) return fail(ErrorKind::kUsage, "cannot open journal '{}': {}", path.string(), std::strerror(errno));
  Journal journal(fd, path, flush);
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    return fail(ErrorKind::kUsage, "journal '{}' is being written by another assay; wait for its end", path.string());
  }
  ASSAY_TRY(JournalContent content, read_journal(path));
  if (content.torn_bytes > 0) journal.cut_at_ = content.bytes;
  journal.lines_ = content.events.size();
  journal.digest_ = std::move(content.digest);
  return std::pair(std::move(journal), std::move(content.events));
}

Journal::Journal(Journal&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      path_(std::move(other.path_)),
      flush_(other.flush_),
      lines_(other.lines_),
      digest_(std::move(other.digest_)),
      cut_at_(other.cut_at_) {}

Journal::~Journal() {
  if (fd_ >= 0) ::close(fd_);
}

Status Journal::append(const char* event, const Json& fields) {
  const std::string line = journal_line(lines_, digest_, event, fields);
  const std::string text = line + "\n";
  if (cut_at_ && ::ftruncate(fd_, static_cast<off_t>(*cut_at_)) != 0) return failure("cut");
  cut_at_.reset();
  struct stat before {};
  if (::fstat(fd_, &before) != 0) return failure("write");
  for (std::string_view rest = text; !rest.empty();) {
    const ssize_t written = ::write(fd_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      const auto failed = failure("write");
      if (::ftruncate(fd_, before.st_size) != 0) return failure("cut");  // half a line would spoil the next one too
      return failed;
    }
  }
  ++lines_;
  digest_ = *stated_digest(line);
  return flush_ == Flush::kEveryLine ? sync() : Status();
}

Status Journal::sync() {
  if (::fdatasync(fd_) != 0 && errno != EINVAL && errno != EROFS) return failure("flush");
  return {};
}

tl::unexpected<Error> Journal::failure(const char* what) const {
  return fail(ErrorKind::kInternal, "cannot {} journal '{}': {}", what, path_.string(), std::strerror(errno));
}

}  // namespace assay::store
