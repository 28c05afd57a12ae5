// Writes a table as a column file, from columns that may lie in memory in several pieces.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "assay/plugin.h"
#include "harness/core/result.hpp"

namespace assay::datasets {

// Some consecutive rows of one column, in the layout of assay_column. If any piece of a column has nulls, all pieces
// but the last have a multiple of 8 rows.
struct ColumnPiece {
  std::uint64_t rows = 0;
  const std::uint8_t* validity = nullptr;  // nullptr: no nulls in this piece
  const void* offsets = nullptr;           // string types: rows + 1 offsets, the first may be greater than 0
  const void* data = nullptr;
};

struct ColumnSource {
  std::string name;
  assay_type type = 0;
  std::vector<ColumnPiece> pieces;
};

struct WriteOptions {
  // A UTF8 column with more bytes than this is written as LARGE_UTF8; int32 offsets end here.
  std::uint64_t max_utf8_bytes = 0x7fffffff;
};

// Writes under a temporary name and renames; needs a few MB of memory beside the columns. A validity buffer is written
// only if a piece has one. REQUIRES: every column has row_count rows. Errors: kInternal (disk full), kUsage (a column
// of the wrong length or an unknown type).
[[nodiscard]] Status write_column_file(const std::filesystem::path& path, const std::string& table_name,
                                       std::uint64_t row_count, std::span<const ColumnSource> columns,
                                       const WriteOptions& options = {});

// The same from one table.
[[nodiscard]] Status write_column_file(const std::filesystem::path& path, const assay_table& table,
                                       const WriteOptions& options = {});

}  // namespace assay::datasets
