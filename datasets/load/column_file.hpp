// A table in a column file, mapped at once: opening costs one mmap and a check of the header, whatever the row count.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

#include "assay/plugin.h"
#include "harness/core/result.hpp"

namespace assay::datasets {

// Opened column file; move-only. table() and everything it points to live, at the same address, as long as the
// ColumnFile or the one it was moved to.
class ColumnFile {
 public:
  // Maps the file read-only and checks the header: a damaged header never leads to a buffer outside the file. The
  // contents of the buffers are not looked at (that is Dataset::verify), except for the first and last string offset.
  // Errors: kUsage if the file is missing, truncated, of another format version or inconsistent.
  [[nodiscard]] static Result<ColumnFile> open(const std::filesystem::path& path);

  ColumnFile(ColumnFile&&) noexcept;
  ColumnFile& operator=(ColumnFile&&) noexcept;
  ~ColumnFile();

  [[nodiscard]] const assay_table* table() const;

  // The whole mapping, so that a fault inside it can be told from any other.
  [[nodiscard]] std::span<const std::byte> bytes() const;

 private:
  struct State;
  explicit ColumnFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace assay::datasets
