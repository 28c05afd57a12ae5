// The history: one SQLite file that records are added to and never changed or taken from.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/history/entry.hpp"

namespace assay::history {

// The version of the file (PRAGMA user_version). A file of a later version is refused, never guessed at.
inline constexpr int kStoreVersion = 1;

// The file keeps a rollback journal, not a write-ahead log: adding is rare and short, so nobody waits; the history
// stays one file that a CI cache can copy, and it can be read from a read-only folder and from a network file system.

struct AddReport {
  std::size_t added = 0;
  std::size_t known = 0;  // already in the history, or twice among the entries; left as they are
};

// Adds the entries in one transaction: all of them or, on an error, none. Makes file and folder if needed.
// Errors: kUsage if the file is no history or of a later version; kInternal (disk full, locked).
[[nodiscard]] Result<AddReport> add(const std::filesystem::path& store, std::span<const Entry> entries);

struct Query {
  std::optional<std::string> metric =
      std::nullopt;              // only this comparison of each record, and only records that have it
  bool pair_log_ratios = false;  // read them, too
};

// Entries by time of creation, then by digest. Opens the file read-only, unless somebody died while adding to it; what
// that left is undone first.
// Errors: kUsage if there is no history at that path, or as above.
[[nodiscard]] Result<std::vector<Entry>> read(const std::filesystem::path& store, const Query& query = {});

}  // namespace assay::history
