// Workbooks, read back cell by cell with Python's standard library.
#include "matcher/xlsx/xlsx_workbook.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <cstdio>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/matcher/io/cells.hpp"
#include "tests/matcher/io/file_size_limit.hpp"
#include "tests/matcher/io/scratch_folder.hpp"

namespace {

using matcher::Cell;
using matcher::CellType;
using matcher::Column;
using matcher::Status;
using matcher::TableSink;
using matcher::XlsxWorkbook;
using matcher_test::integer;
using matcher_test::null;
using matcher_test::real;
using matcher_test::text;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

using Rows = std::vector<std::vector<Cell>>;

std::vector<Column> columns(std::size_t count) {
  std::vector<Column> columns(count);
  for (std::size_t i = 0; i < count; ++i) columns[i].name = static_cast<char>('a' + i);
  return columns;
}

// The status of the first call that fails.
Status write_sheet(XlsxWorkbook& workbook, const std::string& name, const Rows& rows) {
  auto sheet = workbook.sheet(name);
  if (!sheet) return matcher::hand_on(sheet);
  Status status = (*sheet)->begin(columns(rows.at(0).size()));
  for (const auto& row : rows) {
    if (status) status = (*sheet)->write(row);
  }
  return status ? (*sheet)->finish() : status;
}

class XlsxWorkbookTest : public matcher_test::ScratchFolder {
 protected:
  [[nodiscard]] std::filesystem::path path() const { return folder_ / "out.xlsx"; }

  [[nodiscard]] json read_back() const {
    const std::string output = (folder_ / "cells.json").string();
    const std::string command =
        PYTHON " " ASSAY_SOURCE_DIR "/tests/matcher/xlsx/read_workbook.py " + path().string() + " > " + output;
    EXPECT_EQ(std::system(command.c_str()), 0);
    return json::parse(content(output));
  }
  // What is read back of one sheet with these rows.
  json written(const Rows& rows) {
    auto workbook = XlsxWorkbook::open(path());
    EXPECT_TRUE(workbook && write_sheet(*workbook, "matches", rows) && workbook->finish());
    return read_back().at(0);
  }
  std::string error(const Rows& rows) {
    auto workbook = XlsxWorkbook::open(path());
    EXPECT_TRUE(workbook);
    const Status status = write_sheet(*workbook, "matches", rows);
    EXPECT_FALSE(status);
    return status ? std::string() : status.error().message;
  }
};

json number(const std::string& value, const std::string& format = "General") {
  return {{"type", "number"}, {"value", value}, {"format", format}, {"bold", false}};
}
json string(const std::string& value, bool bold = false) {
  return {{"type", "text"}, {"value", value}, {"format", "General"}, {"bold", bold}};
}

TEST_F(XlsxWorkbookTest, EveryType_IsReadBack) {
  const json sheet = written({{integer(-17), text("Ana <& \"Mar\xC3\xAD\""), real(CellType::kPercent2, 96.125),
                               real(CellType::kPercent6, 96.1640625), real(CellType::kFloat, 0.25), null()},
                              {null(), text(" a "), null(), real(CellType::kPercent6, 100.0), null(), integer(1)}});
  EXPECT_EQ(sheet["rows"][1], json({number("-17"), string("Ana <& \"Mar\xC3\xAD\""), number("96.125", "0.00"),
                                    number("96.1640625", "0.000000"), number("0.25")}));
  EXPECT_EQ(sheet["rows"][2], json({nullptr, string(" a "), nullptr, number("100", "0.000000"), nullptr, number("1")}));
}

// The library writes 16 significant digits, one less than a double needs.
TEST_F(XlsxWorkbookTest, Fractions_AreReadBackToFifteenDigits) {
  const json row = written({{real(CellType::kPercent6, 96.16161616), real(CellType::kFloat, 0.96161616F)}})["rows"][1];
  EXPECT_NEAR(std::stod(row[0]["value"].get<std::string>()), 96.16161616, 1e-13);
  EXPECT_NEAR(std::stod(row[1]["value"].get<std::string>()), 0.96161616, 1e-15);  // not the float's 0.961616158485
}

TEST_F(XlsxWorkbookTest, Header_IsBoldAndFrozen) {
  const json sheet = written({{integer(1), integer(2)}});
  EXPECT_EQ(sheet["name"], "matches");
  EXPECT_EQ(sheet["frozen_rows"], 1);
  EXPECT_EQ(sheet["rows"][0], json({string("a", true), string("b", true)}));
}

TEST_F(XlsxWorkbookTest, IntegerBeyondExactDoubles_IsText) {
  const std::int64_t most = std::int64_t{1} << 53;
  const json sheet = written({{integer(most), integer(most + 1), integer(-most), integer(-most - 1)}});
  EXPECT_EQ(sheet["rows"][1], json({number("9007199254740992"), string("9007199254740993"), number("-9007199254740992"),
                                    string("-9007199254740993")}));
}

TEST_F(XlsxWorkbookTest, ControlCharacters_AreReadBack) {
  const json sheet = written({{text("a\x01\r\n\tb"), text("_x0041_"), text(std::string_view("nul\0here", 8))}});
  EXPECT_EQ(sheet["rows"][1], json({string("a\x01\r\n\tb"), string("_x0041_"), string(std::string("nul\0here", 8))}));
}

TEST_F(XlsxWorkbookTest, SeveralSheets_StandInOrder) {
  auto workbook = XlsxWorkbook::open(path());
  ASSERT_TRUE(workbook);
  XlsxWorkbook moved(std::move(*workbook));
  ASSERT_TRUE(
      write_sheet(moved, "summary", {{text("pairs"), integer(2)}, {text("threshold"), real(CellType::kPercent2, 95)}}));
  ASSERT_TRUE(write_sheet(moved, "matches", {{integer(1)}, {integer(2)}}));
  ASSERT_TRUE(moved.finish());
  const json sheets = read_back();
  ASSERT_EQ(sheets.size(), 2U);
  EXPECT_EQ(sheets[0]["name"], "summary");
  EXPECT_EQ(sheets[0]["rows"][2], json({string("threshold"), number("95", "0.00")}));
  EXPECT_EQ(sheets[1]["name"], "matches");
  EXPECT_EQ(sheets[1]["rows"].size(), 3U);
}

TEST_F(XlsxWorkbookTest, MoreRowsThanASheetHolds_ContinueOnTheNext) {
  auto workbook = XlsxWorkbook::open(path(), 4);
  ASSERT_TRUE(workbook);
  Rows rows;
  for (int i = 0; i < 7; ++i) rows.push_back({integer(i)});
  ASSERT_TRUE(write_sheet(*workbook, "matches", rows));
  ASSERT_TRUE(write_sheet(*workbook,
                          "a name of thirty-one char\xC3\xB1"
                          "cters",
                          Rows(6, {integer(1)})));
  ASSERT_TRUE(workbook->finish());
  const json sheets = read_back();
  ASSERT_EQ(sheets.size(), 5U);
  EXPECT_EQ(sheets[0]["rows"], json({{string("a", true)}, {number("0")}, {number("1")}, {number("2")}}));
  EXPECT_EQ(sheets[1]["name"], "matches (2)");
  EXPECT_EQ(sheets[1]["rows"], json({{string("a", true)}, {number("3")}, {number("4")}, {number("5")}}));
  EXPECT_EQ(sheets[1]["frozen_rows"], 1);
  EXPECT_EQ(sheets[2]["rows"], json({{string("a", true)}, {number("6")}}));
  EXPECT_EQ(sheets[2]["name"], "matches (3)");
  EXPECT_EQ(sheets[4]["name"],
            "a name of thirty-one char\xC3\xB1"
            "c (2)");
}

TEST_F(XlsxWorkbookTest, LongestText_IsWritten) {
  const std::string longest(32'767, 'x');
  EXPECT_EQ(written({{text(longest)}})["rows"][1], json::array({string(longest)}));
}

TEST_F(XlsxWorkbookTest, LongerText_IsRefusedWithItsPlace) {
  const std::string longer(32'768, 'x');
  EXPECT_THAT(
      error({{text("a"), text("b")}, {text("c"), text(longer)}}),
      HasSubstr("out.xlsx: sheet 'matches' row 3 column 'b': text has 32768 characters, a cell holds 32767; write"));
}

TEST_F(XlsxWorkbookTest, TextTooLongByItsEscapes_IsRefusedWithItsPlace) {
  const std::string escapes(10'000, '\x01');
  EXPECT_THAT(error({{text(escapes)}}), HasSubstr("row 2 column 'a': text has over 32767 characters with its escapes"));
}

TEST_F(XlsxWorkbookTest, NumberThatIsNotFinite_IsRefusedWithItsPlace) {
  EXPECT_THAT(error({{real(CellType::kPercent6, std::numeric_limits<double>::quiet_NaN())}}),
              HasSubstr("row 2 column 'a': nan is no number"));
  EXPECT_THAT(error({{real(CellType::kFloat, HUGE_VAL)}}), HasSubstr("inf is no number"));
}

TEST_F(XlsxWorkbookTest, TooManyColumns_AreRefused) {
  auto workbook = XlsxWorkbook::open(path());
  ASSERT_TRUE(workbook);
  auto sheet = workbook->sheet("wide");
  ASSERT_TRUE(sheet);
  const auto status = (*sheet)->begin(std::vector<Column>(16'385));
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, HasSubstr("sheet 'wide' would have 16385 columns, the most is 16384"));
}

TEST_F(XlsxWorkbookTest, SheetNameExcelDoesNotTake_IsRefused) {
  for (const std::string name : {"", "a/b", "a name of over thirty-one characters", "'a", "MATCHES"}) {
    auto workbook = XlsxWorkbook::open(path());
    ASSERT_TRUE(workbook && write_sheet(*workbook, "matches", {{integer(1)}}));
    const auto sheet = workbook->sheet(name);
    ASSERT_FALSE(sheet) << name;
    EXPECT_EQ(sheet.error().kind, matcher::ErrorKind::kBadInput);
    EXPECT_THAT(sheet.error().message, HasSubstr("out.xlsx: sheet name '" + name + "' is refused: "));
  }
}

TEST_F(XlsxWorkbookTest, NoSheet_IsAnEmptyWorkbook) {
  auto workbook = XlsxWorkbook::open(path());
  ASSERT_TRUE(workbook && workbook->finish());
  EXPECT_EQ(read_back().size(), 1U);
}

TEST_F(XlsxWorkbookTest, Unfinished_IsNotSeenAndLeavesNothing) {
  save(path(), "old");
  {
    auto workbook = XlsxWorkbook::open(path());
    ASSERT_TRUE(workbook && write_sheet(*workbook, "matches", Rows(10'000, {integer(1)})));
    EXPECT_EQ(content(path()), "old");
    EXPECT_EQ(file_count(), 2U);  // the rows are in a file without a name
  }
  EXPECT_EQ(content(path()), "old");
  EXPECT_EQ(file_count(), 1U);
}

// Wherever the disk gets full: while rows are written, when a sheet is put together, or when it is packed.
TEST_F(XlsxWorkbookTest, DiskFull_IsAnErrorAndLeavesNothing) {
  Rows rows;
  for (int i = 0; i < 2'000; ++i) rows.push_back({integer(i), integer(i * 7919LL)});
  const auto is_whole_on = [&](rlim_t bytes) {
    Status status;
    {
      const matcher_test::FileSizeLimit limit(bytes);
      auto workbook = XlsxWorkbook::open(path());
      EXPECT_TRUE(workbook);
      status = write_sheet(*workbook, "matches", rows);
      if (status) status = workbook->finish();
    }
    EXPECT_EQ(file_count(), status ? 1U : 0U) << bytes;
    if (status) {
      EXPECT_EQ(read_back().at(0)["rows"].size(), rows.size() + 1) << bytes;
      std::filesystem::remove(path());
      std::filesystem::remove(folder_ / "cells.json");
      return true;
    }
    EXPECT_THAT(status.error().message, AllOf(HasSubstr("out.xlsx: cannot write: "), HasSubstr("; free space")))
        << bytes;
    return false;
  };
  rlim_t too_small = 1'000;
  rlim_t enough = 1'000'000;
  while (enough - too_small > 1) {
    const rlim_t bytes = (enough + too_small) / 2;
    (is_whole_on(bytes) ? enough : too_small) = bytes;
  }
  for (rlim_t bytes = too_small - 2'000; bytes < too_small; bytes += 20) EXPECT_FALSE(is_whole_on(bytes));  // its end
  for (rlim_t bytes = 1'000; bytes < too_small; bytes += bytes / 20) EXPECT_FALSE(is_whole_on(bytes));
}

TEST_F(XlsxWorkbookTest, FolderIsAFile_IsRefusedAtOpen) {
  save(folder_ / "a", "");
  const auto workbook = XlsxWorkbook::open(folder_ / "a" / "b.xlsx");
  ASSERT_FALSE(workbook);
  EXPECT_THAT(workbook.error().message, HasSubstr("b.xlsx: cannot write: Not a directory"));
}

TEST_F(XlsxWorkbookTest, StandardOutput_IsRefused) {
  const auto workbook = XlsxWorkbook::open("-");
  ASSERT_FALSE(workbook);
  EXPECT_THAT(workbook.error().message, HasSubstr("standard output: a workbook needs a file"));
}

// No bound on the time: prints what this machine does.
TEST_F(XlsxWorkbookTest, Speed_IsPrinted) {
  auto workbook = XlsxWorkbook::open(path());
  ASSERT_TRUE(workbook);
  constexpr int kRows = 100'000;
  const auto start = std::chrono::steady_clock::now();
  const Rows rows(kRows, {integer(123456), integer(7891234), real(CellType::kPercent6, 96.161616), text("CASE 1")});
  ASSERT_TRUE(write_sheet(*workbook, "matches", rows) && workbook->finish());
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  std::printf("%.0f thousand rows/s\n", kRows / seconds.count() / 1e3);
}

TEST_F(XlsxWorkbookTest, CancelledAtAnyPoint_LeavesNothing) {
  const Rows rows(20000, {integer(1), text("Garcia")});
  std::size_t points = 0;
  std::set<std::string> stages;
  for (bool was_cancelled = true; was_cancelled; ++points) {
    auto workbook = XlsxWorkbook::open(path());
    ASSERT_TRUE(workbook && write_sheet(*workbook, "matches", rows));
    std::size_t calls_left = points;
    const matcher::RunWatch watch{
        [&] { return calls_left-- == 0; },
        [&](const matcher::Progress& progress) { stages.insert(std::string(progress.stage)); }};
    try {
      ASSERT_TRUE(workbook->finish(watch));
      was_cancelled = false;
    } catch (const matcher::Cancelled&) {
      EXPECT_FALSE(std::filesystem::exists(path()));
    }
    workbook = matcher::fail(matcher::ErrorKind::kInternal, "destroyed");
    EXPECT_EQ(file_count(), was_cancelled ? 0U : 1U) << points;
  }
  EXPECT_GE(points, 4U);
  EXPECT_EQ(stages, (std::set<std::string>{"check", "pack"}));
}

TEST_F(XlsxWorkbookTest, WithAPublication_AppearsWithIt) {
  matcher::Publication outputs;
  auto workbook = XlsxWorkbook::open(path());
  ASSERT_TRUE(workbook && write_sheet(*workbook, "matches", {{integer(1)}}) && workbook->finish({}, &outputs));
  EXPECT_FALSE(std::filesystem::exists(path()));
  ASSERT_TRUE(outputs.publish());
  EXPECT_EQ(read_back().size(), 1U);
}

}  // namespace
