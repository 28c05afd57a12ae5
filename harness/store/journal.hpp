// The append-only journal of a run: one JSON object a line, each chained to the line before by a digest, readable up to
// the last whole line whatever happened.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/core/json.hpp"

namespace assay::store {

inline constexpr const char* kJournalFile = "journal.jsonl";  // in a run folder

// When lines are forced to the disk: what the kernel holds survives the death of assay, but not that of the machine.
enum class Flush {
  kAtBoundaries,  // when sync() is called
  kEveryLine,
};

class Journal {
 public:
  // Errors: kInternal if the file cannot be made.
  [[nodiscard]] static Result<Journal> create(const std::filesystem::path& path, Flush flush = Flush::kAtBoundaries);

  // Goes on behind the last whole line of a journal, whose events it hands back; the first append cuts off a torn end.
  // Errors: kUsage if it is absent or another process writes it; kResultsDiffer for a journal that was changed;
  // kInternal if it cannot be cut.
  [[nodiscard]] static Result<std::pair<Journal, std::vector<Json>>> reopen(const std::filesystem::path& path,
                                                                            Flush flush = Flush::kAtBoundaries);

  Journal(Journal&& other) noexcept;
  Journal& operator=(Journal&&) = delete;
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  ~Journal();

  // Appends {"n", "event", ...fields, "chain"} as one line, whole or not at all (journal_line.hpp). One write() a line:
  // about 10 microseconds for a sample, without a flush. Errors: kInternal (disk full).
  [[nodiscard]] Status append(const char* event, const Json& fields);

  // Forces what was appended to the disk (fdatasync). Errors: kInternal.
  [[nodiscard]] Status sync();

 private:
  Journal(int fd, std::filesystem::path path, Flush flush) : fd_(fd), path_(std::move(path)), flush_(flush) {}
  [[nodiscard]] tl::unexpected<Error> failure(const char* what) const;

  int fd_;
  std::filesystem::path path_;
  Flush flush_;
  std::uint64_t lines_ = 0;
  std::string digest_;                   // of the last line
  std::optional<std::uint64_t> cut_at_;  // a torn end begins here
};

}  // namespace assay::store
