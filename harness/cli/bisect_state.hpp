// What a bisection has learnt so far, on disk: an interrupted one goes on where it was.
#pragma once

#include <filesystem>
#include <vector>

#include "harness/cli/bisect_search.hpp"
#include "harness/core/json.hpp"

namespace assay::cli {

// The folder of one bisection below `parent`: the same question gets the same folder. `question` holds everything that
// its answers depend on.
[[nodiscard]] std::filesystem::path bisect_folder(const std::filesystem::path& parent, const Json& question);

// The steps of an earlier process; none if there is no file yet. Errors: kUsage if the file cannot be understood.
[[nodiscard]] Result<std::vector<BisectStep>> read_steps(const std::filesystem::path& file, std::size_t last);
// Writes whole or not at all. Errors: kInternal.
[[nodiscard]] Status write_steps(const std::filesystem::path& file, const Json& question,
                                 const std::vector<BisectStep>& steps);

// Held while a bisection works in its folder. Errors: kUsage if another one does.
class FolderLock {
 public:
  [[nodiscard]] static Result<FolderLock> take(const std::filesystem::path& folder);
  FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FolderLock& operator=(FolderLock&&) = delete;
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int fd) : fd_(fd) {}
  int fd_;
};

[[nodiscard]] const char* to_string(Finding finding);  // "measured", "slower", ...

}  // namespace assay::cli
