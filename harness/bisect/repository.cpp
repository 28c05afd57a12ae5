#include "harness/bisect/repository.hpp"

#include <sstream>

#include "harness/bisect/program.hpp"
#include "harness/core/files.hpp"

namespace assay::bisect {
namespace {

namespace fs = std::filesystem;

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

}  // namespace

Result<std::string> Repository::git(std::vector<std::string> arguments, ErrorKind kind) const {
  const fs::path log = scratch_ / "git.log";
  std::error_code ignored;
  fs::remove(log, ignored);
  arguments.insert(arguments.begin(), {"git", "-C", folder_.string()});
  const Program program{arguments, scratch_, {{"LC_ALL", "C.UTF-8"}, {"GIT_TERMINAL_PROMPT", "0"}}, log};
  ASSAY_TRY(const ProgramEnd end, run_program(program, *interrupted_));
  if (end.succeeded()) return read_file(log);
  std::string said = last_line(log);
  if (said.rfind("fatal: ", 0) == 0) said = said.substr(7);
  return fail(kind, "git {} in '{}' failed: {}", arguments[3], folder_.string(), said);
}

Result<Repository> Repository::open(const fs::path& folder, const fs::path& scratch,
                                    const std::atomic<bool>& interrupted) {
  if (!fs::is_directory(folder)) return fail(ErrorKind::kUsage, "no folder '{}'", folder.string());
  Repository repository(fs::absolute(folder), scratch, interrupted);
  ASSAY_TRY(const std::string top, repository.git({"rev-parse", "--show-toplevel"}, ErrorKind::kUsage));
  repository.folder_ = trimmed(top);
  return repository;
}

Result<std::vector<Commit>> Repository::commits(const std::string& good, const std::string& bad) const {
  std::vector<std::string> ends;
  for (const std::string& name : {good, bad}) {
    auto found = git({"rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"}, ErrorKind::kUsage);
    if (!found && found.error().kind != ErrorKind::kUsage) return hand_on(found);
    if (!found) return fail(ErrorKind::kUsage, "no commit '{}' in '{}'", name, folder_.string());
    ends.push_back(trimmed(*found));
  }
  ASSAY_TRY(const std::string listed,
            git({"log", "--first-parent", "--reverse", "--format=%H %s", ends[0] + ".." + ends[1]}, ErrorKind::kUsage));
  ASSAY_TRY(const std::string base, git({"merge-base", ends[0], ends[1]}, ErrorKind::kUsage));
  if (trimmed(base) != ends[0]) {
    return fail(ErrorKind::kUsage, "good '{}' is no ancestor of bad '{}'; take their common ancestor {} as good", good,
                bad, trimmed(base).substr(0, 12));
  }
  ASSAY_TRY(const std::string first, git({"log", "-1", "--format=%H %s", ends[0]}, ErrorKind::kUsage));
  std::vector<Commit> commits;
  std::istringstream lines(trimmed(first) + "\n" + listed);
  for (std::string line; std::getline(lines, line);) commits.push_back({line.substr(0, 40), line.substr(41)});
  if (commits.size() < 2) return fail(ErrorKind::kUsage, "good '{}' and bad '{}' are the same commit", good, bad);
  return commits;
}

Status Repository::check_out(const fs::path& tree, const std::string& revision) const {
  if (!fs::exists(tree / ".git")) {
    ASSAY_CHECK(remove_tree(tree));
    ASSAY_TRY([[maybe_unused]] const std::string added,
              git({"worktree", "add", "--detach", "--force", tree.string(), revision}, ErrorKind::kInternal));
    return {};
  }
  Repository inside(tree, scratch_, *interrupted_);
  ASSAY_TRY([[maybe_unused]] const std::string done,
            inside.git({"checkout", "--detach", "--force", revision}, ErrorKind::kInternal));
  return {};
}

Status Repository::remove_tree(const fs::path& tree) const {
  std::error_code error;
  fs::remove_all(tree, error);
  if (error) return fail(ErrorKind::kInternal, "cannot remove '{}': {}", tree.string(), error.message());
  ASSAY_TRY([[maybe_unused]] const std::string pruned, git({"worktree", "prune"}, ErrorKind::kInternal));
  return {};
}

}  // namespace assay::bisect
