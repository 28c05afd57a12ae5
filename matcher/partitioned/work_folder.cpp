// The journal: a line of JSON per step.
#include "matcher/partitioned/work_folder.hpp"

#include <fstream>
#include <system_error>

#include "matcher/partitioned/spill_file.hpp"

namespace matcher {
namespace {

using Json = nlohmann::json;

bool is_ours(const std::filesystem::path& folder) {
  std::error_code ignored;
  return std::filesystem::exists(folder / "journal.jsonl", ignored) || std::filesystem::is_empty(folder, ignored);
}

}  // namespace

Result<WorkFolder> WorkFolder::open(const std::filesystem::path& path, const std::string& fingerprint, bool resume) {
  WorkFolder folder(path);
  std::error_code error;
  if (std::filesystem::exists(path, error) && !is_ours(path)) {
    return fail(ErrorKind::kBadInput,
                "{}: holds files that are not of an earlier run; name another folder (--work-folder)", path.string());
  }
  if (resume && std::filesystem::exists(folder.journal(), error)) {
    if (auto status = folder.read_journal(fingerprint); !status) return hand_on(status);
    return folder;
  }
  folder.remove();
  std::filesystem::create_directories(path, error);
  if (error) {
    return fail(ErrorKind::kInternal, "{}: cannot make the folder: {}; choose another place (--work-folder)",
                path.string(), error.message());
  }
  if (auto status = folder.start(fingerprint); !status) return hand_on(status);
  return folder;
}

Status WorkFolder::start(const std::string& fingerprint) {
  return append_to_file(journal(), Json({{"fingerprint", fingerprint}}).dump() + "\n");
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
  return append_to_file(journal(), Json({{"step", step}, {"result", result}}).dump() + "\n");
}

// The journal goes last: a process that dies here leaves a folder that says whose it is, and whose steps lack their
// bytes.
void WorkFolder::remove() {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(path_, ignored)) {
    if (entry.path() != journal()) std::filesystem::remove(entry.path(), ignored);
  }
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace matcher
