// The journal: a line of JSON per step.
#include "matcher/partitioned/work_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "matcher/partitioned/spill_file.hpp"

namespace matcher {
namespace {

using Json = nlohmann::json;

constexpr const char* kSchema = "matcher-work/1";
constexpr const char* kLockFile = "matcher-lock";
// What the names of the files that a run makes begin with.
constexpr std::array<std::string_view, 5> kOurNames = {"left.", "right.", "matches.", "merged.", "matcher-"};

bool is_our_name(const std::string& name) {
  return std::any_of(kOurNames.begin(), kOurNames.end(), [&](std::string_view ours) { return name.starts_with(ours); });
}

// A folder whose journal we have begun; or, where a run has died before its first line was whole, one that holds
// nothing but what a run makes.
bool is_ours(const std::filesystem::path& folder, const std::filesystem::path& journal) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored)) return false;
  std::string line;
  std::ifstream file(journal);
  std::getline(file, line);
  const Json first = Json::parse(line, nullptr, false);
  if (!first.is_discarded()) return first.is_object() && first.value("schema", "") == kSchema;
  const std::filesystem::directory_iterator entries(folder, ignored);
  return std::all_of(begin(entries), end(entries),
                     [](const auto& entry) { return is_our_name(entry.path().filename().string()); });
}

// Texts of the input may be damaged UTF-8, which JSON cannot hold.
std::string line_of(const Json& entry) {
  return entry.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

Result<WorkFolder> WorkFolder::open(const std::filesystem::path& path, const std::string& fingerprint, bool resume) {
  WorkFolder folder(path);
  std::error_code error;
  if (std::filesystem::exists(path, error) && !is_ours(path, folder.journal())) {
    return fail(ErrorKind::kBadInput,
                "{}: holds files that are not of an earlier run; name another folder (--work-folder)", path.string());
  }
  std::filesystem::create_directory(path, error);
  if (error) {
    return fail(ErrorKind::kInternal, "{}: cannot make the folder: {}; choose another place (--work-folder)",
                path.string(), error.message());
  }
  if (auto status = folder.lock(); !status) return hand_on(status);
  if (resume && std::filesystem::exists(folder.journal(), error)) {
    if (auto status = folder.read_journal(fingerprint); !status) return hand_on(status);
    return folder;
  }
  folder.remove_files();
  if (auto status = folder.start(fingerprint); !status) return hand_on(status);
  return folder;
}

Status WorkFolder::lock() {
  lock_ = ::open(file(kLockFile).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_ >= 0 && ::flock(lock_, LOCK_EX | LOCK_NB) == 0) return {};
  if (lock_ >= 0 && errno == EWOULDBLOCK) {
    return fail(ErrorKind::kBadInput,
                "{}: is in use by another run; wait for it or name another folder (--work-folder)", path_.string());
  }
  return fail(ErrorKind::kInternal, "{}: cannot lock the folder: {}; choose another place (--work-folder)",
              path_.string(), std::strerror(errno));
}

WorkFolder::WorkFolder(WorkFolder&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)), steps_(std::move(other.steps_)) {}

WorkFolder::~WorkFolder() {
  if (lock_ >= 0) ::close(lock_);
}

Status WorkFolder::start(const std::string& fingerprint) {
  return append_to_file(journal(), line_of({{"schema", kSchema}, {"fingerprint", fingerprint}}));
}

Status WorkFolder::read_journal(const std::string& fingerprint) {
  std::ifstream file(journal());
  std::string line;
  bool is_first = true;
  std::uintmax_t whole_bytes = 0;
  while (std::getline(file, line)) {
    const Json entry = Json::parse(line, nullptr, false);
    if (entry.is_discarded() || file.eof()) break;  // the process died while it wrote this line
    whole_bytes += line.size() + 1;
    if (is_first && entry.value("fingerprint", "") != fingerprint) {
      return fail(ErrorKind::kBadInput, "{}: is of a run with other inputs or options; run without --resume",
                  path_.string());
    }
    if (!is_first) steps_[entry.at("step")] = entry.at("result");
    is_first = false;
  }
  std::error_code ignored;
  std::filesystem::resize_file(journal(), whole_bytes, ignored);
  return is_first ? start(fingerprint) : Status{};
}

std::optional<Json> WorkFolder::result_of(const std::string& step) const {
  const auto found = steps_.find(step);
  return found == steps_.end() ? std::nullopt : std::optional(found->second);
}

Status WorkFolder::complete(const std::string& step, const Json& result) {
  steps_[step] = result;
  return append_to_file(journal(), line_of({{"step", step}, {"result", result}}));
}

// The journal goes last but for the lock: a process that dies here leaves a folder that says whose it is, and whose
// steps lack their bytes.
void WorkFolder::remove_files() {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(path_, ignored)) {
    const std::string name = entry.path().filename().string();
    const bool goes_last = entry.path() == journal() || name == kLockFile;
    if (is_our_name(name) && !goes_last) std::filesystem::remove(entry.path(), ignored);
  }
  std::filesystem::remove(journal(), ignored);
}

void WorkFolder::remove() {
  remove_files();
  std::error_code ignored;
  std::filesystem::remove(file(kLockFile), ignored);
  std::filesystem::remove(path_, ignored);  // stays if something else is in it
}

}  // namespace matcher
