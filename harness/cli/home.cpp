#include "harness/cli/home.hpp"

#include <cstdlib>

namespace assay::cli {
namespace {

namespace fs = std::filesystem;

bool is_root(const fs::path& folder) {
  return fs::is_directory(folder / "workloads") && fs::is_directory(folder / "suites");
}

Result<fs::path> find_root(const fs::path& program) {
  if (const char* given = std::getenv("ASSAY_HOME"); given != nullptr && *given != '\0') {
    if (is_root(given)) return fs::path(given);
    return fail(ErrorKind::kUsage, "ASSAY_HOME is '{}', but that folder has no workloads/ and suites/", given);
  }
  for (fs::path folder = program.parent_path(); folder != folder.parent_path(); folder = folder.parent_path()) {
    if (is_root(folder)) return folder;
  }
  return fail(ErrorKind::kUsage, "no folder above '{}' has workloads/ and suites/; set ASSAY_HOME to the one that has",
              program.string());
}

}  // namespace

Result<Home> find_home() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) return fail(ErrorKind::kInternal, "cannot find the running program: {}", error.message());
  const fs::path build = program.parent_path().parent_path();
  Home home;
  ASSAY_TRY(home.root, find_root(program));
  home.plugins = build / "plugins";
  home.worker = program.parent_path() / "assay-worker";
  if (const char* given = std::getenv("ASSAY_SIMULATED"); given != nullptr && *given != '\0') {
    home.simulated = true;
    home.worker += "-simulated";
    if (!fs::exists(home.worker)) {
      return fail(ErrorKind::kUsage, "ASSAY_SIMULATED is set, but there is no '{}'; unset it to measure",
                  home.worker.string());
    }
  }
  home.malloc_counter = build / "lib" / "libassay_malloc_counter.so";
  if (!fs::exists(home.malloc_counter)) home.malloc_counter.clear();
  const char* state = std::getenv("ASSAY_STATE");
  home.state = state != nullptr && *state != '\0' ? fs::path(state) : home.root / ".assay";
  return home;
}

}  // namespace assay::cli
