// Reads a journal back: whole lines with an intact chain; a torn end is left out, a change in the middle is named.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "harness/core/json.hpp"

namespace assay::store {

struct JournalContent {
  std::vector<Json> events;      // {"n", "event", ...fields}, the digest left out
  std::uint64_t bytes = 0;       // of the whole lines
  std::uint64_t torn_bytes = 0;  // behind them: what a killed process or a machine without power left half written
  std::string digest;            // of the last whole line; empty if there is none
};

// Torn: a last line without its newline, and whatever begins with blocks that a machine without power had not written.
// Any other line that is wrong was changed, because a killed process leaves the beginning of a line and nothing else.
// Errors: kUsage if the file cannot be read or is no journal of ours; kResultsDiffer for damage, naming file and line.
// O(bytes).
[[nodiscard]] Result<JournalContent> read_journal(const std::filesystem::path& path);

// The same of bytes; where is the name for errors.
[[nodiscard]] Result<JournalContent> parse_journal(std::string_view bytes, const std::string& where);

}  // namespace assay::store
