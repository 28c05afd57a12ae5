// The variants that the modules of a folder offer, by id.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/core/result.hpp"
#include "harness/plugin_host/library.hpp"

namespace assay::cli {

struct CatalogEntry {
  std::filesystem::path module;
  plugin_host::VariantInfo info;
  std::optional<std::string> sha256 = std::nullopt;  // of the module, where somebody has taken it already
};

struct Catalog {
  std::map<std::string, CatalogEntry> variants;
  std::vector<std::string> refused;  // one line per module that could not be used

  // Errors: kUsage, naming the variants of the same family, or all of them, and the modules that were refused.
  [[nodiscard]] Result<CatalogEntry> find(const std::string& id) const;
};

// The variants of one module. The module is opened in a child process, so that whatever its constructors do, the host
// lives on. Errors: as Library::open; kPlugin if it crashed or hung while it was loaded.
[[nodiscard]] Result<std::vector<CatalogEntry>> read_module(const std::filesystem::path& module);

// Opens every module of the folder. A module that is no plugin of ours is refused with its reason and does not stop the
// others. Errors: kUsage if the folder has none, or one id is offered twice.
[[nodiscard]] Result<Catalog> read_catalog(const std::filesystem::path& folder);

}  // namespace assay::cli
