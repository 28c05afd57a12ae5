// A git repository that lives as long as a test; tests that need one skip where git is not installed.
#pragma once

#include <cstdlib>
#include <string>

#include "tests/harness/core/temporary_folder.hpp"

namespace assay::testing {

#define ASSAY_SKIP_WITHOUT_GIT() \
  if (std::system("git --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "git is not installed"

class GitFolder {
 public:
  GitFolder() { run("git init -q -b trunk"); }

  [[nodiscard]] const std::filesystem::path& path() const { return folder_.path(); }
  // A shell command in the repository, with an author and no settings of the caller.
  bool run(const std::string& command) const {
    const std::string whole = "cd '" + folder_.path().string() +
                              "' && export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null GIT_AUTHOR_NAME=a "
                              "GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b && { " +
                              command + " ; } >/dev/null 2>&1";
    return std::system(whole.c_str()) == 0;
  }
  // A commit that writes `content` into the file `number`.
  bool commit(const std::string& content) const {
    return run("echo " + content + " > number && git add -A && git commit -q -m 'change " + content + "'");
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace assay::testing
