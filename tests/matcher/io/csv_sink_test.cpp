// CSV to the byte, and back through the reader.
#include "matcher/io/csv_sink.hpp"

#include <gmock/gmock.h>
#include <zlib.h>
#include <zstd.h>

#include <chrono>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "matcher/io/csv_records.hpp"
#include "tests/matcher/io/cells.hpp"
#include "tests/matcher/io/file_size_limit.hpp"
#include "tests/matcher/io/scratch_folder.hpp"

namespace {

using matcher::Cell;
using matcher::CellType;
using matcher::Column;
using matcher::open_csv_sink;
using matcher_test::integer;
using matcher_test::null;
using matcher_test::real;
using matcher_test::text;
using testing::HasSubstr;

using Rows = std::vector<std::vector<Cell>>;

class CsvSink : public matcher_test::ScratchFolder {
 protected:
  // The bytes of a file with these rows below as many columns named a, b, c ...
  std::string written(const Rows& rows, const std::string& name = "out.csv") {
    auto sink = open_csv_sink(folder_ / name);
    EXPECT_TRUE(sink);
    EXPECT_TRUE((*sink)->begin(columns(rows.at(0).size())));
    for (const auto& row : rows) EXPECT_TRUE((*sink)->write(row));
    EXPECT_FALSE(std::filesystem::exists(folder_ / name));
    EXPECT_TRUE((*sink)->finish());
    return content(folder_ / name);
  }
  static std::vector<Column> columns(std::size_t count) {
    std::vector<Column> columns(count);
    for (std::size_t i = 0; i < count; ++i) columns[i].name = static_cast<char>('a' + i);
    return columns;
  }
};

TEST_F(CsvSink, EveryType_HasItsFormat) {
  EXPECT_EQ(written({{integer(-9223372036854775807 - 1), text("x"), real(CellType::kPercent2, 96.125),
                      real(CellType::kPercent6, 96.16161616), real(CellType::kFloat, 0.96161616), null()}}),
            "a,b,c,d,e,f\n-9223372036854775808,x,96.12,96.161616,0.96161616,\n");
}

TEST_F(CsvSink, Float_HasTheFewestDigitsThatReadBackTheSame) {
  EXPECT_EQ(written({{real(CellType::kFloat, 1.0)},
                     {real(CellType::kFloat, 0.0)},
                     {real(CellType::kFloat, 0.1)},
                     {real(CellType::kFloat, 100.0)},
                     {real(CellType::kFloat, 1.0 / 3.0)}}),
            "a\n1\n0\n0.1\n100\n0.33333334\n");
}

TEST_F(CsvSink, PercentOutOfRange_IsFormattedToo) {
  EXPECT_EQ(written({{real(CellType::kPercent6, -0.5)}, {real(CellType::kPercent2, 123456.789)}}),
            "a\n-0.500000\n123456.79\n");
}

TEST_F(CsvSink, Text_IsQuotedOnlyWhereNeeded) {
  EXPECT_EQ(written({{text("plain it's; ok"), text("a,b"), text("say \"hi\"")},
                     {text(" front"), text("back "), text("in side")},
                     {text("two\nlines"), text("carriage\rreturn"), text("")}}),
            "a,b,c\nplain it's; ok,\"a,b\",\"say \"\"hi\"\"\"\n\" front\",\"back \",in side\n"
            "\"two\nlines\",\"carriage\rreturn\",\n");
}

TEST_F(CsvSink, ColumnName_IsQuotedLikeAText) {
  auto sink = open_csv_sink(folder_ / "out.csv");
  ASSERT_TRUE(sink);
  const std::vector<Column> columns{{"a,b", CellType::kText}, {"c", CellType::kText}};
  ASSERT_TRUE((*sink)->begin(columns) && (*sink)->finish());
  EXPECT_EQ(content(folder_ / "out.csv"), "\"a,b\",c\n");
}

TEST_F(CsvSink, OnlyFieldEmpty_IsNoBlankLine) {
  EXPECT_EQ(written({{null()}, {text("x")}, {text("")}}), "a\n\"\"\nx\n\"\"\n");
}

TEST_F(CsvSink, RandomTexts_ComeBackThroughTheReader) {
  std::mt19937 random(3);
  constexpr std::string_view kLetters = "ab ,\"\n\r;'\t\xC3\xB1";
  std::vector<std::string> fields(30'000);
  for (std::string& field : fields) {
    for (std::size_t left = random() % 8; left > 0; --left) field += kLetters[random() % kLetters.size()];
  }
  fields[7] = std::string(200'000, '"');  // longer than any buffer
  Rows rows;
  for (std::size_t i = 0; i < fields.size(); i += 3) {
    rows.push_back({text(fields[i]), text(fields[i + 1]), text(fields[i + 2])});
  }
  const std::string bytes = written(rows);
  matcher::CsvRecords records(bytes, "out.csv");
  ASSERT_TRUE(records.next().value_or(false));
  for (std::size_t i = 0; i < fields.size(); i += 3) {
    ASSERT_TRUE(records.next().value_or(false)) << i;
    ASSERT_THAT(records.fields(), testing::ElementsAre(fields[i], fields[i + 1], fields[i + 2])) << i;
  }
  EXPECT_FALSE(records.next().value_or(true));
}

Rows many_rows() {
  Rows rows;
  for (int i = 0; i < 50'000; ++i) rows.push_back({integer(i), integer(i * 7919LL), text("DIRECT")});
  return rows;
}

TEST_F(CsvSink, NameEndsInGz_IsTheSameTextCompressed) {
  const std::string plain = written(many_rows());
  EXPECT_LT(written(many_rows(), "out.csv.gz").size(), plain.size() / 2);
  gzFile file = ::gzopen((folder_ / "out.csv.gz").c_str(), "rb");
  std::string unpacked(plain.size() + 1, '\0');
  const int count = ::gzread(file, unpacked.data(), static_cast<unsigned>(unpacked.size()));
  EXPECT_EQ(::gzclose(file), Z_OK);
  ASSERT_EQ(count, static_cast<int>(plain.size()));
  EXPECT_EQ(unpacked.compare(0, plain.size(), plain), 0);
}

TEST_F(CsvSink, NameEndsInZst_IsTheSameTextCompressed) {
  const std::string plain = written(many_rows());
  const std::string packed = written(many_rows(), "out.csv.zst");
  EXPECT_LT(packed.size(), plain.size() / 2);
  std::string unpacked(plain.size() + 1, '\0');
  ASSERT_EQ(::ZSTD_decompress(unpacked.data(), unpacked.size(), packed.data(), packed.size()), plain.size());
  EXPECT_EQ(unpacked.compare(0, plain.size(), plain), 0);
}

TEST_F(CsvSink, DiskFull_IsAnErrorAndLeavesNothing) {
  for (const char* name : {"a.csv", "a.csv.gz", "a.csv.zst"}) {
    matcher::Status status;
    {
      const matcher_test::FileSizeLimit limit(4096);
      auto sink = open_csv_sink(folder_ / name);
      ASSERT_TRUE(sink);
      status = (*sink)->begin(columns(3));
      for (const auto& row : many_rows()) {
        if (status) status = (*sink)->write(row);
      }
      if (status) status = (*sink)->finish();
    }
    ASSERT_FALSE(status) << name;
    EXPECT_THAT(status.error().message, HasSubstr(std::string(name) + ": cannot write: File too large"));
    EXPECT_EQ(file_count(), 0U);
  }
}

TEST_F(CsvSink, DestroyedUnfinished_LeavesNothing) {
  {
    auto sink = open_csv_sink(folder_ / "a.csv");
    ASSERT_TRUE(sink && (*sink)->begin(columns(3)));
    for (const auto& row : many_rows()) ASSERT_TRUE((*sink)->write(row));
  }
  EXPECT_EQ(file_count(), 0U);
}

TEST_F(CsvSink, FolderIsAFile_IsRefusedAtOpen) {
  save(folder_ / "a", "");
  const auto sink = open_csv_sink(folder_ / "a" / "b.csv");
  ASSERT_FALSE(sink);
  EXPECT_THAT(sink.error().message, HasSubstr("b.csv: cannot write: Not a directory"));
}

// No bound on the time: prints what this machine does.
TEST_F(CsvSink, Speed_IsPrinted) {
  for (const char* name : {"a.csv", "a.csv.gz", "a.csv.zst"}) {
    auto sink = open_csv_sink(folder_ / name);
    ASSERT_TRUE(sink && (*sink)->begin(columns(4)));
    constexpr int kRows = 300'000;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < kRows; ++i) {
      const Cell row[] = {integer(i), integer(i * 7919LL), real(CellType::kPercent6, i % 1000 / 11.0), text("CASE 1")};
      ASSERT_TRUE((*sink)->write(row));
    }
    ASSERT_TRUE((*sink)->finish());
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    std::printf("%s: %.1f million rows/s, %.0f MB/s in the file\n", name, kRows / seconds.count() / 1e6,
                static_cast<double>(std::filesystem::file_size(folder_ / name)) / seconds.count() / 1e6);
  }
}

}  // namespace
