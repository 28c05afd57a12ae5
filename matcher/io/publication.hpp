// The outputs of one run, which appear together.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "matcher/io/pending_file.hpp"
#include "matcher/model/error.hpp"
#include "matcher/parallel/cancellation.hpp"

namespace matcher {

// Every output is written to its end and flushed to the disk under a temporary name; then all of them are renamed. A
// failure before the first rename leaves none. No file system renames several files at once: after a failure among the
// renames some outputs are new and others old, and the error says which; a process that is killed among them cannot.
// Call order: add* publish?; what was added and not published is never seen.
class Publication {
 public:
  // is_cancelled: asked before the first rename, and by outputs that wait for a reader. May be empty.
  explicit Publication(CancelCallback is_cancelled = {}) : is_cancelled_(std::move(is_cancelled)) {}
  Publication(const Publication&) = delete;
  Publication& operator=(const Publication&) = delete;

  [[nodiscard]] const CancelCallback& is_cancelled() const { return is_cancelled_; }

  // Takes a file that is written to its end. Errors: kInternal (disk full).
  [[nodiscard]] Status add(PendingFile file);
  // Something else that is written to its end and appears by this call, as a database table does. It goes before all
  // files, as it fails more easily.
  void add(std::string name, std::function<Status()> appear);
  // A file of an earlier run that this one has no successor for: it goes once all others are there.
  void add_removal(std::filesystem::path path) { removals_.push_back(std::move(path)); }

  // Errors: kCancelled, with nothing seen; those of the renames, with what has appeared and what has not.
  [[nodiscard]] Status publish();

 private:
  struct Other {
    std::string name;
    std::function<Status()> appear;
  };

  CancelCallback is_cancelled_;
  std::vector<Other> others_;
  std::vector<PendingFile> files_;
  std::vector<std::filesystem::path> removals_;
};

}  // namespace matcher
