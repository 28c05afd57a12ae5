// The bytes of a column file: one header, one directory entry per column, then the buffers in Arrow layout.
//
//   FileHeader | ColumnEntry x column_count | names, each ending in 0 | padding to 64 | buffers, each starting at a
//   multiple of 64
//
// Everything is little-endian. Buffers have the layout that include/assay/plugin.h gives for assay_column, so a mapped
// file is a table without a copy. A change of these structs is a new kColumnFileVersion.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "assay/plugin.h"

namespace assay::datasets {

static_assert(std::endian::native == std::endian::little, "column files are little-endian");

inline constexpr std::array<char, 8> kColumnFileMagic{'A', 'S', 'S', 'A', 'Y', 'C', 'O', 'L'};
inline constexpr std::uint32_t kColumnFileVersion = 1;
inline constexpr std::uint64_t kBufferAlignment = 64;  // a cache line, and what Arrow recommends
inline constexpr std::uint32_t kHasNulls = 1;          // ColumnEntry::flags: a validity buffer is present

struct FileHeader {
  std::array<char, 8> magic;
  std::uint32_t version;
  std::uint32_t header_bytes;  // up to the first buffer; a multiple of 64
  std::uint64_t file_bytes;
  std::uint64_t row_count;
  std::uint32_t column_count;
  std::uint32_t name_offset;  // table name, from the start of the file
  std::uint32_t name_length;  // without the ending 0
  std::array<std::uint32_t, 5> reserved;
};
static_assert(sizeof(FileHeader) == 64);

struct BufferRange {
  std::uint64_t offset;  // from the start of the file
  std::uint64_t bytes;   // without padding; 0: absent
};

struct ColumnEntry {
  std::uint32_t name_offset;
  std::uint32_t name_length;
  std::int32_t type;  // assay_type
  std::uint32_t flags;
  BufferRange validity;
  BufferRange offsets;
  BufferRange data;
};
static_assert(sizeof(ColumnEntry) == 64);

// Bytes of one value of a fixed-width type; 0 for texts and unknown types.
[[nodiscard]] inline std::uint64_t value_bytes(assay_type type) {
  switch (type) {
    case ASSAY_TYPE_INT32:
    case ASSAY_TYPE_UINT32:
    case ASSAY_TYPE_DATE32:
      return 4;
    case ASSAY_TYPE_INT64:
    case ASSAY_TYPE_UINT64:
    case ASSAY_TYPE_FLOAT64:
      return 8;
    default:
      return 0;
  }
}

}  // namespace assay::datasets
