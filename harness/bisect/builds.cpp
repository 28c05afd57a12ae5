#include "harness/bisect/builds.hpp"

#include <system_error>

#include "harness/bisect/program.hpp"
#include "harness/core/files.hpp"
#include "harness/core/json.hpp"

namespace assay::bisect {
namespace {

namespace fs = std::filesystem;

Result<Build> read_build(const fs::path& file) {
  ASSAY_TRY(const Json json, read_json(file));
  Build build;
  ASSAY_TRY(build.succeeded, member<bool>(json, file.string(), "succeeded"));
  ASSAY_TRY(build.reason, member<std::string>(json, file.string(), "reason"));
  build.product = file.parent_path() / "product";
  return build;
}

// Whole or not at all: the copy appears under its name at the end. Symbolic links stay links.
Status copy_folder(const fs::path& from, const fs::path& to) {
  const fs::path temporary = to.string() + ".tmp";
  std::error_code error;
  fs::remove_all(temporary, error);
  if (!error) fs::copy(from, temporary, fs::copy_options::recursive | fs::copy_options::copy_symlinks, error);
  if (!error) fs::rename(temporary, to, error);
  if (!error) return {};
  return fail(ErrorKind::kInternal, "cannot copy '{}' to '{}': {}", from.string(), to.string(), error.message());
}

// Removes what an earlier build left, or it would pass for this one's. The only place that removes what a user named:
// the checks stand here and not with the caller, because `tree / "/"` is "/".
Status remove_product(const fs::path& tree, const fs::path& product) {
  if (!is_below(product)) {
    return fail(ErrorKind::kUsage, "'{}' is not below the worktree; nothing was removed", product.string());
  }
  fs::path place = tree;
  for (const fs::path& part : product.lexically_normal()) {
    place /= part;
    if (fs::is_symlink(fs::symlink_status(place))) {
      return fail(ErrorKind::kUsage, "'{}' is a symbolic link and may lead out of the worktree; nothing was removed",
                  place.string());
    }
  }
  std::error_code error;
  fs::remove_all(place, error);
  if (error) return fail(ErrorKind::kInternal, "cannot remove '{}': {}", place.string(), error.message());
  return {};
}

}  // namespace

bool is_below(const fs::path& path) {
  const fs::path normal = path.lexically_normal();
  if (normal.empty() || normal.is_absolute() || normal.has_root_path()) return false;
  const fs::path first = *normal.begin();
  return !first.empty() && first != "." && first != ".." && first != ".git";
}

Result<Build> Builds::of(const Commit& commit) {
  const fs::path file = folder_ / "builds" / commit.revision / "build.json";
  if (fs::exists(file)) return read_build(file);
  ASSAY_TRY(const Build built, build(commit));
  ASSAY_CHECK(keep(commit, built));
  return read_build(file);
}

Result<Build> Builds::build(const Commit& commit) {
  if (!is_below(plan_.product)) {
    return fail(ErrorKind::kUsage, "'{}' is not below the worktree", plan_.product.string());
  }
  ASSAY_CHECK(make_folder(folder_ / "logs"));
  const fs::path log = folder_ / "logs" / (commit.revision + ".log");
  std::error_code ignored;
  fs::remove(log, ignored);
  ASSAY_CHECK(repository_.check_out(tree(), commit.revision));
  ASSAY_CHECK(remove_product(tree(), plan_.product));
  const Program program{shell(plan_.command), tree(), {{"ASSAY_COMMIT", commit.revision}}, log};
  ASSAY_TRY(const ProgramEnd end, run_program(program, *interrupted_));
  Build built;
  built.succeeded = end.succeeded() && fs::is_directory(tree() / plan_.product);
  if (built.succeeded) return built;
  const std::string last = last_line(log);
  const std::string why = !end.succeeded() ? (last.empty() ? fmt::format("exit status {}", end.code) : last)
                                           : "the build made no folder '" + plan_.product.string() + "'";
  built.reason = fmt::format("does not build: {} ({})", why, log.string());
  return built;
}

Status Builds::keep(const Commit& commit, const Build& build) const {
  const fs::path folder = folder_ / "builds" / commit.revision;
  ASSAY_CHECK(make_folder(folder));
  std::error_code ignored;
  fs::remove_all(folder / "product", ignored);
  if (build.succeeded) ASSAY_CHECK(copy_folder(tree() / plan_.product, folder / "product"));
  return write_json(folder / "build.json", {{"succeeded", build.succeeded}, {"reason", build.reason}});
}

}  // namespace assay::bisect
