// Opens a plugin module and checks that it speaks our ABI, before anything in it is called.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "assay/plugin.h"
#include "harness/core/result.hpp"

namespace assay::plugin_host {

// A copy of what a variant says of itself.
struct VariantInfo {
  std::uint32_t index = 0;
  std::string id;
  std::string summary;
  std::vector<std::string> workloads;
  std::vector<std::string> needs;
  std::string build;
};

// An open module; closed on destruction. Move-only.
class Library {
 public:
  // Opens with RTLD_NOW | RTLD_LOCAL. Errors, each naming the file:
  //   kUsage   the file is missing or not a shared module;
  //   kPlugin  no symbol assay_plugin_v1, another ABI major, a missing function, an unreadable or doubled variant id.
  [[nodiscard]] static Result<Library> open(const std::filesystem::path& path);

  Library(Library&& other) noexcept;
  Library& operator=(Library&& other) noexcept;
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  ~Library();

  [[nodiscard]] const assay_plugin& plugin() const { return *plugin_; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] const std::vector<VariantInfo>& variants() const { return variants_; }

  // Errors: kUsage, naming the variants that are there.
  [[nodiscard]] Result<VariantInfo> variant(const std::string& id) const;

  // Asks the plugin whether this machine can run the variant; the text is the reason if not, empty if it can.
  [[nodiscard]] Result<std::string> why_unsupported(std::uint32_t index) const;

 private:
  Library() = default;

  void* handle_ = nullptr;
  const assay_plugin* plugin_ = nullptr;
  std::filesystem::path path_;
  std::vector<VariantInfo> variants_;
};

// The modules (*.so) in a folder, sorted by name. Errors: kUsage if the folder cannot be read or holds none.
[[nodiscard]] Result<std::vector<std::filesystem::path>> find_modules(const std::filesystem::path& folder);

}  // namespace assay::plugin_host
