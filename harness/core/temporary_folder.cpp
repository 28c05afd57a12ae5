#include "harness/core/temporary_folder.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

namespace assay {

namespace fs = std::filesystem;

Result<TemporaryFolder> TemporaryFolder::make(std::string_view what) {
  std::error_code error;
  const fs::path parent = fs::temp_directory_path(error);
  if (error) return fail(ErrorKind::kInternal, "no folder for temporary files: {}; see TMPDIR", error.message());
  std::string name = (parent / ("assay-" + std::string(what) + "-XXXXXX")).string();
  if (::mkdtemp(name.data()) == nullptr) {
    return fail(ErrorKind::kInternal, "cannot make a folder in '{}': {}", parent.string(), std::strerror(errno));
  }
  return TemporaryFolder(name);
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace assay
