// A git repository as a bisection sees it: a row of commits, and a worktree of its own to build them in.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/core/result.hpp"

namespace assay::bisect {

struct Commit {
  std::string revision;  // 40 hexadecimal digits
  std::string subject;
};

class Repository {
 public:
  // The repository that holds `folder`. Its git commands log into `scratch`, which exists.
  // Errors: kUsage if there is none, or git is not installed.
  [[nodiscard]] static Result<Repository> open(const std::filesystem::path& folder,
                                               const std::filesystem::path& scratch,
                                               const std::atomic<bool>& interrupted);

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  // From good, which comes first, to bad along first parents; a merged branch counts as its merge.
  // Errors: kUsage if a name is unknown or good is no ancestor of bad.
  [[nodiscard]] Result<std::vector<Commit>> commits(const std::string& good, const std::string& bad) const;

  // Puts the commit's files into the worktree `tree`, which is made if needed; files that git does not track stay, so a
  // build can go on from the last one. Errors: kInternal, kInterrupted.
  [[nodiscard]] Status check_out(const std::filesystem::path& tree, const std::string& revision) const;

  // Removes the worktree and what git knows of it; nothing happens if there is none. Errors: kInternal.
  [[nodiscard]] Status remove_tree(const std::filesystem::path& tree) const;

 private:
  Repository(std::filesystem::path folder, std::filesystem::path scratch, const std::atomic<bool>& interrupted)
      : folder_(std::move(folder)), scratch_(std::move(scratch)), interrupted_(&interrupted) {}
  // Output of `git arguments...`. Errors: `kind`, with what git said.
  [[nodiscard]] Result<std::string> git(std::vector<std::string> arguments, ErrorKind kind) const;

  std::filesystem::path folder_;
  std::filesystem::path scratch_;
  const std::atomic<bool>* interrupted_;
};

}  // namespace assay::bisect
