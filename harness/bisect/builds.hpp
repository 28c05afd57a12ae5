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
  // nothing. Errors: kInterrupted; kInternal (git, disk).
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
