// An output file that is written in pieces and appears whole or not at all.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "matcher/model/error.hpp"
#include "matcher/parallel/cancellation.hpp"

namespace matcher {

// A regular or new file is written under a temporary name in the same folder, flushed and renamed: a reader sees the
// old file or the new one, and an object that dies uncommitted leaves the old one and no temporary. The new file has
// the permissions of the old one if there was one, else 0644. A device or pipe is written directly; "-" is standard
// output. A symbolic link is followed. Move-only. Call order: open write* (commit | complete appear)?; nothing after a
// failed call.
class PendingFile {
 public:
  // is_cancelled: asked while a pipe has no room, as nobody may ever read it. Errors, of all: kInternal if the system
  // refuses (folder missing, no permission, disk full); of write also kCancelled.
  [[nodiscard]] static Result<PendingFile> open(const std::filesystem::path& path, CancelCallback is_cancelled = {});
  [[nodiscard]] Status write(std::string_view bytes);
  // complete and appear.
  [[nodiscard]] Status commit();
  // Flushes what was written to the disk, still under the temporary name.
  [[nodiscard]] Status complete();
  // The rename.
  [[nodiscard]] Status appear();

  // Where a library that writes files by name may put the content, in place of calls of write. Empty if the file is
  // written directly.
  [[nodiscard]] const std::string& temporary_path() const { return temporary_; }
  // The file as error texts name it.
  [[nodiscard]] const std::string& name() const { return name_; }

  PendingFile(PendingFile&& other) noexcept;
  PendingFile& operator=(PendingFile&&) = delete;
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;
  ~PendingFile();

 private:
  explicit PendingFile(std::string name) : name_(std::move(name)) {}
  [[nodiscard]] Status open_temporary(mode_t permissions);
  [[nodiscard]] Status wait_for_room() const;
  [[nodiscard]] tl::unexpected<Error> fail_write(int error) const;

  std::string name_;       // the resolved path, under which the file appears
  std::string temporary_;  // empty: written directly
  mode_t permissions_ = 0;
  int descriptor_ = -1;  // closed by us unless it is standard output
  bool may_block_ = false;
  CancelCallback is_cancelled_{};
};

}  // namespace matcher
