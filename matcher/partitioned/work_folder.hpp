// The folder of a run's temporary files, and the journal of what is done, so that a run that was killed can go on.
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "matcher/model/error.hpp"

namespace matcher {

// Steps are entered into the journal when all their files are written; a step without an entry is done again from its
// beginning. Nothing is flushed to the disk: the files outlive the process, not the machine, so entries say how many
// bytes their files have, and a step whose files have fewer is done again, too. The folder is locked while the object
// lives. Move-only.
class WorkFolder {
 public:
  // Makes the folder; the one above it must be there. fingerprint: everything that shapes the temporary files. With
  // resume the steps of an earlier run with the same fingerprint count as done; otherwise what an earlier run has left
  // is removed. A folder that is not empty and has no journal of ours is left alone, and so is every file in it that we
  // have not made. Errors: kBadInput (not ours, in use by another run, another fingerprint with resume), kInternal.
  [[nodiscard]] static Result<WorkFolder> open(const std::filesystem::path& path, const std::string& fingerprint,
                                               bool resume);

  [[nodiscard]] std::filesystem::path file(const std::string& name) const { return path_ / name; }
  // What complete has been told about a step; nothing if it is not done.
  [[nodiscard]] std::optional<nlohmann::json> result_of(const std::string& step) const;
  // Enters a step. Errors: kInternal.
  [[nodiscard]] Status complete(const std::string& step, const nlohmann::json& result);

  // Removes all that a run makes, and the folder if nothing else is in it.
  void remove();

  WorkFolder(WorkFolder&& other) noexcept;
  WorkFolder& operator=(WorkFolder&&) = delete;
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  ~WorkFolder();

 private:
  explicit WorkFolder(std::filesystem::path path) : path_(std::move(path)) {}
  [[nodiscard]] Status lock();
  void remove_files();
  [[nodiscard]] Status start(const std::string& fingerprint);
  [[nodiscard]] Status read_journal(const std::string& fingerprint);
  [[nodiscard]] std::filesystem::path journal() const { return path_ / "matcher-journal.jsonl"; }

  std::filesystem::path path_;
  int lock_ = -1;  // descriptor of the lock file
  std::map<std::string, nlohmann::json> steps_;
};

}  // namespace matcher
