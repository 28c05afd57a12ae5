#include "datasets/load/column_writer.hpp"

#include <algorithm>
#include <utility>

#include "datasets/load/column_format.hpp"
#include "datasets/load/output_file.hpp"

namespace assay::datasets {
namespace {

constexpr std::size_t kRowsPerBlock = 1 << 16;

bool is_string(assay_type type) {
  return type == ASSAY_TYPE_UTF8 || type == ASSAY_TYPE_LARGE_UTF8;
}

std::uint64_t offset_at(assay_type type, const void* offsets, std::uint64_t row) {
  return type == ASSAY_TYPE_UTF8 ? static_cast<std::uint64_t>(static_cast<const std::int32_t*>(offsets)[row])
                                 : static_cast<std::uint64_t>(static_cast<const std::int64_t*>(offsets)[row]);
}

std::span<const std::byte> piece_data(assay_type type, const ColumnPiece& piece) {
  const auto* const data = static_cast<const std::byte*>(piece.data);
  if (!is_string(type)) return {data, static_cast<std::size_t>(piece.rows * value_bytes(type))};
  const std::uint64_t begin = offset_at(type, piece.offsets, 0);
  const std::uint64_t end = offset_at(type, piece.offsets, piece.rows);
  return end == begin ? std::span<const std::byte>() : std::span(data + begin, static_cast<std::size_t>(end - begin));
}

std::uint64_t aligned(std::uint64_t position) {
  return (position + kBufferAlignment - 1) / kBufferAlignment * kBufferAlignment;
}

// The complete header: where every buffer will lie is known before the first is written.
class Layout {
 public:
  Layout(const std::string& table_name, std::uint64_t row_count, std::span<const ColumnSource> columns,
         const WriteOptions& options) {
    std::uint64_t names_at = sizeof(FileHeader) + columns.size() * sizeof(ColumnEntry);
    const auto add_name = [&](const std::string& name) {
      names_ += name + '\0';
      return static_cast<std::uint32_t>(std::exchange(names_at, names_at + name.size() + 1));
    };
    header_ = {kColumnFileMagic,
               kColumnFileVersion,
               0,
               0,
               row_count,
               static_cast<std::uint32_t>(columns.size()),
               add_name(table_name),
               static_cast<std::uint32_t>(table_name.size()),
               {}};
    for (const ColumnSource& column : columns)
      entries_.push_back(entry(column, row_count, add_name(column.name), options));
    header_.header_bytes = static_cast<std::uint32_t>(aligned(names_at));
    std::uint64_t position = header_.header_bytes;
    for (ColumnEntry& column : entries_) {
      for (BufferRange* range : {&column.validity, &column.offsets, &column.data}) {
        range->offset = position;
        position = aligned(position + range->bytes);
      }
    }
    header_.file_bytes = position;
  }

  [[nodiscard]] const std::vector<ColumnEntry>& entries() const { return entries_; }

  [[nodiscard]] Status write(OutputFile& file) const {
    ASSAY_CHECK(file.write(std::as_bytes(std::span(&header_, 1))));
    ASSAY_CHECK(file.write(std::as_bytes(std::span(entries_))));
    ASSAY_CHECK(file.write(names_));
    return file.pad_to(kBufferAlignment);
  }

 private:
  static ColumnEntry entry(const ColumnSource& column, std::uint64_t row_count, std::uint32_t name_offset,
                           const WriteOptions& options) {
    ColumnEntry result{name_offset, static_cast<std::uint32_t>(column.name.size()), column.type, 0, {}, {}, {}};
    for (const ColumnPiece& piece : column.pieces) {
      if (piece.validity != nullptr) result.flags = kHasNulls;
      result.data.bytes += piece_data(column.type, piece).size();
    }
    if (result.flags == kHasNulls) result.validity.bytes = (row_count + 7) / 8;
    if (!is_string(column.type)) return result;
    if (result.data.bytes > options.max_utf8_bytes) result.type = ASSAY_TYPE_LARGE_UTF8;
    result.offsets.bytes = (row_count + 1) * (result.type == ASSAY_TYPE_UTF8 ? 4 : 8);
    return result;
  }

  FileHeader header_{};
  std::vector<ColumnEntry> entries_;
  std::string names_;
};

Status write_validity(OutputFile& file, const ColumnSource& column) {
  static const std::vector<std::byte> kAllValid(kRowsPerBlock / 8, std::byte{0xff});
  for (const ColumnPiece& piece : column.pieces) {
    std::uint64_t missing = (piece.rows + 7) / 8;
    if (piece.validity != nullptr) {
      ASSAY_CHECK(file.write(std::as_bytes(std::span(piece.validity, static_cast<std::size_t>(missing)))));
      continue;
    }
    while (missing > 0) {
      const std::uint64_t count = std::min<std::uint64_t>(missing, kAllValid.size());
      ASSAY_CHECK(file.write(std::span(kAllValid).first(static_cast<std::size_t>(count))));
      missing -= count;
    }
  }
  return {};
}

// Rewrites the offsets of all pieces as one run that begins at 0.
template <class T>
Status write_offsets(OutputFile& file, const ColumnSource& column) {
  std::vector<T> block(1, T{0});
  std::uint64_t base = 0;
  const auto flush = [&] {
    Status status = file.write(std::as_bytes(std::span(block)));
    block.clear();
    return status;
  };
  for (const ColumnPiece& piece : column.pieces) {
    const std::uint64_t begin = offset_at(column.type, piece.offsets, 0);
    for (std::uint64_t row = 1; row <= piece.rows; ++row) {
      block.push_back(static_cast<T>(base + offset_at(column.type, piece.offsets, row) - begin));
      if (block.size() == kRowsPerBlock) ASSAY_CHECK(flush());
    }
    base += offset_at(column.type, piece.offsets, piece.rows) - begin;
  }
  return flush();
}

Status write_column(OutputFile& file, const ColumnSource& column, const ColumnEntry& entry) {
  if (entry.flags == kHasNulls) ASSAY_CHECK(write_validity(file, column));
  ASSAY_CHECK(file.pad_to(kBufferAlignment));
  if (entry.type == ASSAY_TYPE_UTF8) ASSAY_CHECK(write_offsets<std::int32_t>(file, column));
  if (entry.type == ASSAY_TYPE_LARGE_UTF8) ASSAY_CHECK(write_offsets<std::int64_t>(file, column));
  ASSAY_CHECK(file.pad_to(kBufferAlignment));
  for (const ColumnPiece& piece : column.pieces) ASSAY_CHECK(file.write(piece_data(column.type, piece)));
  return file.pad_to(kBufferAlignment);
}

Status check_source(const ColumnSource& column, std::uint64_t row_count) {
  if (!is_string(column.type) && value_bytes(column.type) == 0) {
    return fail(ErrorKind::kUsage, "column '{}' has the unknown type {}", column.name, column.type);
  }
  std::uint64_t rows = 0;
  bool has_nulls = false;
  bool ends_in_byte = true;
  for (const ColumnPiece& piece : column.pieces) {
    ends_in_byte = ends_in_byte && rows % 8 == 0;
    has_nulls = has_nulls || piece.validity != nullptr;
    rows += piece.rows;
  }
  if (has_nulls && !ends_in_byte) {
    return fail(ErrorKind::kUsage, "column '{}' has nulls and a piece whose row count is no multiple of 8",
                column.name);
  }
  if (rows != row_count) {
    return fail(ErrorKind::kUsage, "column '{}' has {} rows, the table {}", column.name, rows, row_count);
  }
  return {};
}

}  // namespace

Status write_column_file(const std::filesystem::path& path, const std::string& table_name, std::uint64_t row_count,
                         std::span<const ColumnSource> columns, const WriteOptions& options) {
  for (const ColumnSource& column : columns) ASSAY_CHECK(check_source(column, row_count));
  ASSAY_TRY(OutputFile file, OutputFile::create(path));
  const Layout layout(table_name, row_count, columns, options);
  ASSAY_CHECK(layout.write(file));
  for (std::size_t index = 0; index < columns.size(); ++index) {
    ASSAY_CHECK(write_column(file, columns[index], layout.entries()[index]));
  }
  return file.commit();
}

Status write_column_file(const std::filesystem::path& path, const assay_table& table, const WriteOptions& options) {
  std::vector<ColumnSource> columns;
  for (std::uint32_t index = 0; index < table.column_count; ++index) {
    const assay_column& column = *table.columns[index];
    columns.push_back({column.name, column.type, {{table.row_count, column.validity, column.offsets, column.data}}});
  }
  return write_column_file(path, table.name, table.row_count, columns, options);
}

}  // namespace assay::datasets
