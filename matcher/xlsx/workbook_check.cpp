// Walks the central directory of a ZIP archive (PKWARE APPNOTE 4.3) and inflates the sheets.
#include "matcher/xlsx/workbook_check.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

#include "matcher/io/file_bytes.hpp"

namespace matcher {
namespace {

constexpr std::size_t kEndBytes = 22;    // end of central directory, without a comment
constexpr std::size_t kEntryBytes = 46;  // central directory entry, without its name
constexpr std::size_t kLocalBytes = 30;  // local header, without its name
constexpr std::size_t kBlockBytes = 65536;
constexpr std::string_view kLastTag = "</worksheet>";

// The little-endian number at a place; 0 beyond the end.
std::uint32_t number_at(std::string_view bytes, std::size_t place, std::size_t size) {
  std::uint32_t number = 0;
  for (std::size_t i = size; i-- > 0;) {
    const auto byte = place + i < bytes.size() ? static_cast<unsigned char>(bytes[place + i]) : 0U;
    number = (number << 8U) | byte;
  }
  return number;
}

// True if the deflated text is whole and ends in the last tag of a sheet.
bool is_whole_sheet(std::string_view packed, StageWatch& watch) {
  z_stream stream{};
  if (::inflateInit2(&stream, -MAX_WBITS) != Z_OK) return false;
  const std::unique_ptr<z_stream, decltype(&::inflateEnd)> end(&stream, ::inflateEnd);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::array<char, kBlockBytes> block;
  std::string tail;
  int code = Z_OK;
  while (code == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = static_cast<uInt>(block.size());
    const uInt before = stream.avail_in;
    code = ::inflate(&stream, Z_NO_FLUSH);
    watch.tick(before - stream.avail_in);
    const std::size_t count = block.size() - stream.avail_out;
    const std::size_t last = std::min(count, kLastTag.size());
    tail.append(block.data() + count - last, last);
    if (tail.size() > kLastTag.size()) tail.erase(0, tail.size() - kLastTag.size());
  }
  return code == Z_STREAM_END && tail == kLastTag;
}

// Sheets that are whole, of those the directory lists.
std::size_t whole_sheets(std::string_view archive, StageWatch& watch) {
  if (archive.size() < kEndBytes) return 0;
  const std::size_t end = archive.size() - kEndBytes;
  if (archive.substr(end, 4) != "PK\x05\x06") return 0;
  std::size_t count = 0;
  std::size_t entry = number_at(archive, end + 16, 4);
  while (entry + kEntryBytes <= end && archive.substr(entry, 4) == "PK\x01\x02") {
    const std::size_t name_size = number_at(archive, entry + 28, 2);
    const std::string_view name = archive.substr(entry + kEntryBytes, name_size);
    const std::size_t local = number_at(archive, entry + 42, 4);
    const std::size_t data =
        local + kLocalBytes + number_at(archive, local + 26, 2) + number_at(archive, local + 28, 2);
    const std::size_t packed_size = number_at(archive, entry + 20, 4);
    const bool is_sheet = name.substr(0, 14) == "xl/worksheets/" && name.find("_rels") == std::string_view::npos;
    if (is_sheet && data + packed_size <= end && is_whole_sheet(archive.substr(data, packed_size), watch)) ++count;
    entry += kEntryBytes + name_size + number_at(archive, entry + 30, 2) + number_at(archive, entry + 32, 2);
  }
  return count;
}

}  // namespace

Status check_workbook(const std::filesystem::path& path, std::size_t sheet_count, const std::string& name,
                      const RunWatch& watch) {
  auto file = FileBytes::open(path);
  if (!file) return hand_on(file);
  StageWatch stage("check", file->text().size(), watch, "bytes");
  const std::size_t whole = whole_sheets(file->text(), stage);
  if (whole == sheet_count) return {};
  return fail(
      ErrorKind::kInternal,
      "{}: cannot write: {} of {} sheets came out whole; free space in its folder or choose another output path", name,
      whole, sheet_count);
}

}  // namespace matcher
