#include "datasets/load/column_file.hpp"

#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "datasets/load/column_format.hpp"
#include "harness/core/files.hpp"

namespace assay::datasets {
namespace {

constexpr std::uint64_t kMaxRows = std::uint64_t{1} << 40;  // keeps every product below free of overflow

std::uint64_t offset_bytes(assay_type type) {
  return type == ASSAY_TYPE_UTF8 ? 4 : type == ASSAY_TYPE_LARGE_UTF8 ? 8 : 0;
}

// Reads a mapped file; every pointer it hands out was checked to lie inside.
class Reader {
 public:
  Reader(std::span<const std::byte> bytes, std::string file) : bytes_(bytes), file_(std::move(file)) {}

  [[nodiscard]] Result<FileHeader> header() const;
  [[nodiscard]] Result<const char*> name(const FileHeader& header, std::uint32_t offset, std::uint32_t length) const;
  [[nodiscard]] Result<assay_column> column(const FileHeader& header, std::uint32_t index) const;

 private:
  template <class... Args>
  [[nodiscard]] tl::unexpected<Error> damaged(fmt::format_string<Args...> format, Args&&... args) const {
    return fail(ErrorKind::kUsage, "'{}' is not a usable column file: {}; make it anew", file_,
                fmt::format(format, std::forward<Args>(args)...));
  }
  [[nodiscard]] Result<const void*> buffer(const FileHeader& header, const char* column, std::string_view part,
                                           BufferRange range, std::uint64_t expected_bytes) const;
  [[nodiscard]] Status check_strings(const FileHeader& header, const char* column, const ColumnEntry& entry) const;
  template <class T>
  [[nodiscard]] T read(std::uint64_t offset) const {
    T value;
    std::memcpy(&value, bytes_.data() + offset, sizeof value);
    return value;
  }

  std::span<const std::byte> bytes_;
  std::string file_;
};

Result<FileHeader> Reader::header() const {
  if (bytes_.size() < sizeof(FileHeader)) {
    return damaged("{} bytes are too few for its {}-byte header", bytes_.size(), sizeof(FileHeader));
  }
  const auto header = read<FileHeader>(0);
  if (header.magic != kColumnFileMagic) return damaged("it does not begin with 'ASSAYCOL'");
  if (header.version != kColumnFileVersion) {
    return damaged("format version {}, this program reads {}", header.version, kColumnFileVersion);
  }
  if (header.file_bytes != bytes_.size()) {
    return damaged("it has {} bytes, its header says {}", bytes_.size(), header.file_bytes);
  }
  if (header.row_count > kMaxRows) return damaged("row count {} is not plausible", header.row_count);
  const std::uint64_t directory_end = sizeof(FileHeader) + std::uint64_t{header.column_count} * sizeof(ColumnEntry);
  if (header.header_bytes > bytes_.size() || header.header_bytes % kBufferAlignment != 0 ||
      directory_end > header.header_bytes) {
    return damaged("a header of {} bytes cannot hold {} columns", header.header_bytes, header.column_count);
  }
  return header;
}

Result<const char*> Reader::name(const FileHeader& header, std::uint32_t offset, std::uint32_t length) const {
  const std::uint64_t end = std::uint64_t{offset} + length;
  if (offset < sizeof(FileHeader) || end >= header.header_bytes) {
    return damaged("a name at byte {} of length {} lies outside the header", offset, length);
  }
  const auto* const text = reinterpret_cast<const char*>(bytes_.data()) + offset;
  if (length == 0 || std::memchr(text, 0, std::size_t{length} + 1) != text + length) {
    return damaged("the name at byte {} does not have its length of {}", offset, length);
  }
  return text;
}

Result<const void*> Reader::buffer(const FileHeader& header, const char* column, std::string_view part,
                                   BufferRange range, std::uint64_t expected_bytes) const {
  if (range.bytes != expected_bytes) {
    return damaged("column '{}': {} of {} bytes where {} rows need {}", column, part, range.bytes, header.row_count,
                   expected_bytes);
  }
  if (range.bytes == 0) return nullptr;
  if (range.offset < header.header_bytes || range.offset % kBufferAlignment != 0 || range.offset > bytes_.size() ||
      range.bytes > bytes_.size() - range.offset) {
    return damaged("column '{}': {} at byte {} of {} bytes does not fit", column, part, range.offset, range.bytes);
  }
  return bytes_.data() + range.offset;
}

// The first and last offset bound the strings; those between are covered by the digest of the file.
Status Reader::check_strings(const FileHeader& header, const char* column, const ColumnEntry& entry) const {
  const std::uint64_t width = offset_bytes(entry.type);
  const std::uint64_t last_at = entry.offsets.offset + header.row_count * width;
  const std::int64_t first =
      width == 4 ? read<std::int32_t>(entry.offsets.offset) : read<std::int64_t>(entry.offsets.offset);
  const std::int64_t last = width == 4 ? read<std::int32_t>(last_at) : read<std::int64_t>(last_at);
  if (first != 0 || last < 0 || static_cast<std::uint64_t>(last) != entry.data.bytes) {
    return damaged("column '{}': string offsets run from {} to {} over {} bytes", column, first, last,
                   entry.data.bytes);
  }
  return {};
}

Result<assay_column> Reader::column(const FileHeader& header, std::uint32_t index) const {
  const auto entry = read<ColumnEntry>(sizeof(FileHeader) + std::uint64_t{index} * sizeof(ColumnEntry));
  ASSAY_TRY(const char* const column_name, name(header, entry.name_offset, entry.name_length));
  const std::uint64_t width = value_bytes(entry.type);
  const std::uint64_t offset_width = offset_bytes(entry.type);
  if (width == 0 && offset_width == 0) return damaged("column '{}': unknown type {}", column_name, entry.type);
  if ((entry.flags & ~kHasNulls) != 0) return damaged("column '{}': unknown flags {}", column_name, entry.flags);

  const std::uint64_t validity_bytes = (entry.flags & kHasNulls) != 0 ? (header.row_count + 7) / 8 : 0;
  ASSAY_TRY(const void* const validity, buffer(header, column_name, "validity", entry.validity, validity_bytes));
  const std::uint64_t offsets_bytes = offset_width == 0 ? 0 : (header.row_count + 1) * offset_width;
  ASSAY_TRY(const void* const offsets, buffer(header, column_name, "offsets", entry.offsets, offsets_bytes));
  const std::uint64_t data_bytes = offset_width == 0 ? header.row_count * width : entry.data.bytes;
  ASSAY_TRY(const void* const data, buffer(header, column_name, "data", entry.data, data_bytes));
  if (offset_width != 0) ASSAY_CHECK(check_strings(header, column_name, entry));
  return assay_column{
      sizeof(assay_column), entry.type, column_name, static_cast<const std::uint8_t*>(validity), offsets, data};
}

}  // namespace

struct ColumnFile::State {
  MappedFile file;
  std::vector<assay_column> columns;
  std::vector<const assay_column*> column_pointers;
  assay_table table{};
};

ColumnFile::ColumnFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
ColumnFile::ColumnFile(ColumnFile&&) noexcept = default;
ColumnFile& ColumnFile::operator=(ColumnFile&&) noexcept = default;
ColumnFile::~ColumnFile() = default;

Result<ColumnFile> ColumnFile::open(const std::filesystem::path& path) {
  auto state = std::make_unique<State>();
  ASSAY_TRY(state->file, MappedFile::open(path));
  const Reader reader(state->file.bytes(), path.string());
  ASSAY_TRY(const FileHeader header, reader.header());
  ASSAY_TRY(const char* const table_name, reader.name(header, header.name_offset, header.name_length));
  state->columns.reserve(header.column_count);
  for (std::uint32_t index = 0; index < header.column_count; ++index) {
    ASSAY_TRY(const assay_column column, reader.column(header, index));
    state->columns.push_back(column);
  }
  for (const assay_column& column : state->columns) state->column_pointers.push_back(&column);
  state->table = {sizeof(assay_table), header.column_count, table_name, header.row_count,
                  state->column_pointers.data()};
  return ColumnFile(std::move(state));
}

const assay_table* ColumnFile::table() const {
  return &state_->table;
}
std::span<const std::byte> ColumnFile::bytes() const {
  return state_->file.bytes();
}

}  // namespace assay::datasets
