// A folder of our own below the system's for temporary files, removed with all it holds.
#pragma once

#include <filesystem>
#include <string_view>
#include <utility>

#include "harness/core/result.hpp"

namespace assay {

// Move-only.
class TemporaryFolder {
 public:
  // An empty folder whose name says what it is for: "assay-callgrind-k2Wq9x". Only its owner may look into it. Errors:
  // kInternal (no such parent, read-only, full).
  [[nodiscard]] static Result<TemporaryFolder> make(std::string_view what);

  TemporaryFolder(TemporaryFolder&& other) noexcept;
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;  // empty: moved from
};

}  // namespace assay
