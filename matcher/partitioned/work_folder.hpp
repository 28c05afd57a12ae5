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
// bytes their files have, and a step whose files have fewer is done again, too. Move-only by pointer; one process at a
// time.
class WorkFolder {
 public:
  // Makes the folder. fingerprint: everything that shapes the temporary files. With resume the steps of an earlier run
  // with the same fingerprint count as done; otherwise what an earlier run has left is removed. A folder that holds
  // anything else is left alone. Errors: kBadInput (not ours, another fingerprint with resume), kInternal.
  [[nodiscard]] static Result<WorkFolder> open(const std::filesystem::path& path, const std::string& fingerprint,
                                               bool resume);

  [[nodiscard]] std::filesystem::path file(const std::string& name) const { return path_ / name; }
  // What complete has been told about a step; nothing if it is not done.
  [[nodiscard]] std::optional<nlohmann::json> result_of(const std::string& step) const;
  // Enters a step. Errors: kInternal.
  [[nodiscard]] Status complete(const std::string& step, const nlohmann::json& result);

  // Removes the folder and all in it.
  void remove();

 private:
  explicit WorkFolder(std::filesystem::path path) : path_(std::move(path)) {}
  [[nodiscard]] Status start(const std::string& fingerprint);
  [[nodiscard]] Status read_journal(const std::string& fingerprint);
  [[nodiscard]] std::filesystem::path journal() const { return path_ / "journal.jsonl"; }

  std::filesystem::path path_;
  std::map<std::string, nlohmann::json> steps_;
};

}  // namespace matcher
