// The append-only journal of a run: one JSON object a line, readable up to the last whole line whatever happened.
#pragma once

#include <filesystem>

#include "harness/core/json.hpp"

namespace assay::store {

class Journal {
 public:
  // Errors: kInternal if the file cannot be made.
  [[nodiscard]] static Result<Journal> create(const std::filesystem::path& path);

  Journal(Journal&& other) noexcept;
  Journal& operator=(Journal&&) = delete;
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  ~Journal();

  // Appends {"event": name, ...fields} as one line, whole or not at all. REQUIRES: no other writer at the same time.
  // Errors: kInternal (disk full).
  [[nodiscard]] Status append(const char* event, Json fields);

 private:
  Journal(int fd, std::filesystem::path path) : fd_(fd), path_(std::move(path)) {}
  [[nodiscard]] tl::unexpected<Error> failure() const;

  int fd_;
  std::filesystem::path path_;
};

}  // namespace assay::store
