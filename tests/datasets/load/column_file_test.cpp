// Column files: what is written comes back, and no damage of the header leads outside the file.
#include "datasets/load/column_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "datasets/load/column_format.hpp"
#include "datasets/load/column_view.hpp"
#include "datasets/load/column_writer.hpp"
#include "harness/core/files.hpp"
#include "tests/datasets/load/sample_table.hpp"

namespace assay::datasets {
namespace {

using test::Folder;
using test::SampleTable;
using testing::HasSubstr;

void write_raw(const std::filesystem::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

void expect_sample(const assay_table& table) {
  ASSERT_EQ(table.row_count, 5u);
  ASSERT_EQ(table.column_count, 2u);
  EXPECT_STREQ(table.name, "left");
  const assay_column* const id = find_column(table, "id");
  const assay_column* const name = find_column(table, "name");
  ASSERT_NE(id, nullptr);
  ASSERT_NE(name, nullptr);
  EXPECT_EQ(id->validity, nullptr);
  const std::vector<std::string> names{"Ann", "", "", "Zoe\xcc\x88", "Bo"};
  for (std::uint64_t row = 0; row < 5; ++row) {
    EXPECT_EQ(value<std::int64_t>(*id, row), static_cast<std::int64_t>(10 + row));
    EXPECT_EQ(text(*name, row), names[row]);
    EXPECT_EQ(is_null(*name, row), row == 1);
  }
}

bool inside(std::span<const std::byte> bytes, const void* pointer, std::uint64_t length) {
  if (pointer == nullptr) return true;
  const auto* const begin = static_cast<const std::byte*>(pointer);
  return begin >= bytes.data() && begin + length <= bytes.data() + bytes.size();
}

// Every buffer that a reader may touch, by the row count and types that the table states.
void expect_inside(const ColumnFile& file) {
  const assay_table& table = *file.table();
  for (std::uint32_t index = 0; index < table.column_count; ++index) {
    const assay_column& column = *table.columns[index];
    ASSERT_TRUE(inside(file.bytes(), column.name, std::strlen(column.name) + 1));
    ASSERT_TRUE(inside(file.bytes(), column.validity, (table.row_count + 7) / 8));
    const bool large = column.type == ASSAY_TYPE_LARGE_UTF8;
    if (!large && column.type != ASSAY_TYPE_UTF8) {
      const bool wide =
          column.type == ASSAY_TYPE_INT64 || column.type == ASSAY_TYPE_UINT64 || column.type == ASSAY_TYPE_FLOAT64;
      ASSERT_TRUE(inside(file.bytes(), column.data, table.row_count * (wide ? 8 : 4)));
      continue;
    }
    ASSERT_TRUE(inside(file.bytes(), column.offsets, (table.row_count + 1) * (large ? 8 : 4)));
    const std::int64_t end = large ? static_cast<const std::int64_t*>(column.offsets)[table.row_count]
                                   : static_cast<const std::int32_t*>(column.offsets)[table.row_count];
    ASSERT_TRUE(inside(file.bytes(), column.data, static_cast<std::uint64_t>(end)));
  }
}

TEST(ColumnFile, WrittenTable_ComesBack) {
  const Folder folder;
  const SampleTable sample;
  ASSERT_TRUE(write_column_file(folder.path() / "a.col", sample.table));
  const auto file = ColumnFile::open(folder.path() / "a.col");
  ASSERT_TRUE(file) << file.error().message;
  expect_sample(*file->table());
  expect_inside(*file);
  EXPECT_EQ(file->bytes().size() % kBufferAlignment, 0u);
}

TEST(ColumnFile, Buffers_StartAtMultiplesOf64) {
  const Folder folder;
  const SampleTable sample;
  ASSERT_TRUE(write_column_file(folder.path() / "a.col", sample.table));
  const auto file = ColumnFile::open(folder.path() / "a.col");
  ASSERT_TRUE(file);
  const assay_column& name = *find_column(*file->table(), "name");
  for (const void* buffer : {static_cast<const void*>(name.validity), name.offsets, name.data}) {
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(buffer) % 64, 0u);
  }
}

TEST(ColumnFile, MovedFile_KeepsItsTable) {
  const Folder folder;
  const SampleTable sample;
  ASSERT_TRUE(write_column_file(folder.path() / "a.col", sample.table));
  auto first = ColumnFile::open(folder.path() / "a.col");
  const assay_table* const before = first->table();
  const ColumnFile second = std::move(*first);
  EXPECT_EQ(second.table(), before);
  expect_sample(*before);
}

TEST(ColumnFile, PiecesWithAndWithoutNulls_AreJoined) {
  const Folder folder;
  std::vector<std::int32_t> offsets{7};  // the first offset need not be 0
  std::string data(7, '#');
  for (int row = 0; row < 8; ++row) {
    data += std::string(static_cast<std::size_t>(row), 'x');
    offsets.push_back(static_cast<std::int32_t>(data.size()));
  }
  const SampleTable sample;
  const ColumnPiece plain{8, nullptr, offsets.data(), data.data()};
  const ColumnPiece with_null{5, &sample.validity, sample.offsets.data(), sample.data.data()};
  const ColumnSource source{"name", ASSAY_TYPE_UTF8, {plain, plain, with_null}};
  ASSERT_TRUE(write_column_file(folder.path() / "a.col", "t", 21, std::span(&source, 1)));
  const auto file = ColumnFile::open(folder.path() / "a.col");
  ASSERT_TRUE(file) << file.error().message;
  const assay_column& name = *find_column(*file->table(), "name");
  for (std::uint64_t row = 0; row < 21; ++row) EXPECT_EQ(is_null(name, row), row == 17) << row;
  EXPECT_EQ(text(name, 7), "xxxxxxx");
  EXPECT_EQ(text(name, 15), "xxxxxxx");
  EXPECT_EQ(text(name, 16), "Ann");
  EXPECT_EQ(text(name, 20), "Bo");
}

TEST(ColumnFile, MoreBytesThanInt32OffsetsHold_BecomesLargeUtf8) {
  const Folder folder;
  const SampleTable sample;
  ASSERT_TRUE(write_column_file(folder.path() / "a.col", sample.table, {.max_utf8_bytes = sample.data.size() - 1}));
  const auto file = ColumnFile::open(folder.path() / "a.col");
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(find_column(*file->table(), "name")->type, ASSAY_TYPE_LARGE_UTF8);
  expect_sample(*file->table());
}

TEST(ColumnFile, EmptyTable_HasOneOffset) {
  const Folder folder;
  const std::int32_t zero = 0;
  const ColumnSource source{"name", ASSAY_TYPE_UTF8, {{0, nullptr, &zero, nullptr}}};
  ASSERT_TRUE(write_column_file(folder.path() / "a.col", "t", 0, std::span(&source, 1)));
  const auto file = ColumnFile::open(folder.path() / "a.col");
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->table()->row_count, 0u);
  EXPECT_EQ(*static_cast<const std::int32_t*>(find_column(*file->table(), "name")->offsets), 0);
}

TEST(ColumnFile, ColumnOfAnotherLength_IsRefusedAndLeavesNothing) {
  const Folder folder;
  const std::int64_t id = 1;
  const ColumnSource source{"id", ASSAY_TYPE_INT64, {{1, nullptr, nullptr, &id}}};
  const auto written = write_column_file(folder.path() / "a.col", "t", 2, std::span(&source, 1));
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().message, HasSubstr("'id' has 1 rows, the table 2"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(ColumnFile, MissingFile_NamesThePath) {
  const auto file = ColumnFile::open("/nonexistent/left.col");
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().message, HasSubstr("/nonexistent/left.col"));
}

TEST(ColumnFile, TruncatedAnywhere_IsRefused) {
  const Folder folder;
  const SampleTable sample;
  ASSERT_TRUE(write_column_file(folder.path() / "a.col", sample.table));
  const std::string whole = *read_file(folder.path() / "a.col");
  for (std::size_t length = 0; length < whole.size(); length += 7) {
    write_raw(folder.path() / "b.col", whole.substr(0, length));
    ASSERT_FALSE(ColumnFile::open(folder.path() / "b.col")) << length;
  }
}

TEST(ColumnFile, AnyByteOfTheHeaderDamaged_IsRefusedOrStaysInside) {
  const Folder folder;
  const SampleTable sample;
  ASSERT_TRUE(write_column_file(folder.path() / "a.col", sample.table));
  const std::string whole = *read_file(folder.path() / "a.col");
  FileHeader header;
  std::memcpy(&header, whole.data(), sizeof header);
  int refused = 0;
  for (std::size_t at = 0; at < header.header_bytes; ++at) {
    for (const char damage : {'\x00', '\x01', '\x40', '\x7f', '\x80', '\xff'}) {
      std::string copy = whole;
      copy[at] = damage;
      write_raw(folder.path() / "b.col", copy);
      const auto file = ColumnFile::open(folder.path() / "b.col");
      if (file) {
        expect_inside(*file);
      } else {
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, 500);  // most damage is seen, not only harmless
}

TEST(ColumnFile, LastOffsetBeyondTheData_IsRefused) {
  const Folder folder;
  const SampleTable sample;
  ASSERT_TRUE(write_column_file(folder.path() / "a.col", sample.table));
  std::string whole = *read_file(folder.path() / "a.col");
  ColumnEntry entry;
  std::memcpy(&entry, whole.data() + sizeof(FileHeader) + sizeof(ColumnEntry), sizeof entry);
  whole[entry.offsets.offset + 5 * 4] = 100;
  write_raw(folder.path() / "b.col", whole);
  const auto file = ColumnFile::open(folder.path() / "b.col");
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().message, HasSubstr("string offsets run from 0 to 100 over 10 bytes"));
}

TEST(ColumnFile, NameWithoutItsEndingZero_IsRefused) {
  const Folder folder;
  const SampleTable sample;
  ASSERT_TRUE(write_column_file(folder.path() / "a.col", sample.table));
  std::string whole = *read_file(folder.path() / "a.col");
  whole[whole.find("left") + 4] = 'x';
  write_raw(folder.path() / "b.col", whole);
  const auto file = ColumnFile::open(folder.path() / "b.col");
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().message, HasSubstr("does not have its length of 4"));
}

// Directory and offsets agree with each other here, only the file is too short for them.
TEST(ColumnFile, StringsThatRunPastTheEnd_AreRefused) {
  const Folder folder;
  const SampleTable sample;
  ASSERT_TRUE(write_column_file(folder.path() / "a.col", sample.table));
  std::string whole = *read_file(folder.path() / "a.col");
  const std::size_t entry_at = sizeof(FileHeader) + sizeof(ColumnEntry);
  ColumnEntry entry;
  std::memcpy(&entry, whole.data() + entry_at, sizeof entry);
  entry.data.bytes = 120;
  std::memcpy(whole.data() + entry_at, &entry, sizeof entry);
  whole[entry.offsets.offset + 5 * 4] = 120;
  write_raw(folder.path() / "b.col", whole);
  const auto file = ColumnFile::open(folder.path() / "b.col");
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().message, HasSubstr("column 'name': data at byte"));
}

}  // namespace
}  // namespace assay::datasets
