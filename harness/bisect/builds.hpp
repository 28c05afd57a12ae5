// Built commits: each is built once, kept, and remembered if it does not build.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>

#include "harness/bisect/repository.hpp"

namespace assay::bisect {

struct BuildPlan {
  std::string command;            // run by /bin/sh in the worktree
  std::filesystem::path product;  // folder the build makes, relative to the worktree: the plugins
};

// True if the path names something below a folder, whatever the folder holds: relative, never up, not the folder itself
// and not its .git. Looks at the text only.
[[nodiscard]] bool is_below(const std::filesystem::path& path);

struct Build {
  bool succeeded = false;
  std::filesystem::path product;  // a copy, if it succeeded
  std::string reason;             // if not: what the build said last, and where all of it is
};

// Everything lies below one folder: tree/ (the worktree), builds/<revision>/, logs/<revision>.log.
class Builds {
 public:
  Builds(Repository repository, std::filesystem::path folder, BuildPlan plan, const std::atomic<bool>& interrupted)
      : repository_(std::move(repository)),
        folder_(std::move(folder)),
        plan_(std::move(plan)),
        interrupted_(&interrupted) {}

  // The build of a commit; at once if it was built before, also by an earlier process. An interrupted build leaves
  // nothing. What an earlier build left at the product's place is removed, but only below the worktree.
  // Errors: kInterrupted; kInternal (git, disk); kUsage if the product is not below the worktree, by its name or
  // because a folder on the way to it is a symbolic link.
  [[nodiscard]] Result<Build> of(const Commit& commit);

  // Removes the worktree; the builds stay.
  [[nodiscard]] Status remove_tree() const { return repository_.remove_tree(tree()); }
  [[nodiscard]] std::filesystem::path tree() const { return folder_ / "tree"; }

 private:
  [[nodiscard]] Result<Build> build(const Commit& commit);
  [[nodiscard]] Status keep(const Commit& commit, const Build& build) const;

  Repository repository_;
  std::filesystem::path folder_;
  BuildPlan plan_;
  const std::atomic<bool>* interrupted_;
};

}  // namespace assay::bisect
