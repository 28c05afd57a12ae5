// Rows and matches through spill files, and the merge of many.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "matcher/partitioned/match_spill.hpp"
#include "matcher/partitioned/row_spill.hpp"

namespace {

using namespace matcher;

std::filesystem::path fresh(const std::string& name) {
  const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / name;
  std::filesystem::remove(path);
  return path;
}

TEST(RowSpill, Rows_ComeBackAsTheyWere) {
  PersonsTable table;
  table.id = {7, -8};
  table.first_name.append("");
  table.first_name.append(std::string(10000, 'x'));
  table.last_name.append_null();
  table.last_name.append("Smith");
  table.birthdate.append(std::nullopt);
  table.birthdate.append(-3);
  std::string bytes;
  append_row(table, 0, 40, bytes);
  append_row(table, 1, 41, bytes);
  const auto path = fresh("rows.spill");
  ASSERT_TRUE(append_to_file(path, bytes));
  auto reader = SpillReader::open(path, 16).value();
  const NumberedRows rows = read_rows(reader, declared_columns(table), 1 << 20).value();
  const PersonsView view = rows.table.view();
  ASSERT_EQ(view.row_count, 2U);
  EXPECT_EQ(rows.numbers, (std::vector<std::uint32_t>{40, 41}));
  EXPECT_TRUE(view.first_name.valid(0));
  EXPECT_EQ(view.first_name[0], "");
  EXPECT_EQ(view.first_name[1].size(), 10000U);
  EXPECT_FALSE(view.last_name.valid(0));
  EXPECT_EQ(view.last_name[1], "Smith");
  EXPECT_TRUE(view.middle_name.is_absent());
  EXPECT_FALSE(view.birthdate.valid(0));
  EXPECT_EQ(view.birthdate.days[1], -3);
}

TEST(RowSpill, LimitOfBytes_EndsAPortionAfterTheRowThatReachesIt) {
  PersonsTable table;
  std::string bytes;
  for (int row = 0; row < 10; ++row) {
    table.id.push_back(row);
    table.birthdate.append(row);
    append_row(table, static_cast<std::size_t>(row), static_cast<std::uint32_t>(row), bytes);
  }
  const auto path = fresh("portions.spill");
  ASSERT_TRUE(append_to_file(path, bytes));
  auto reader = SpillReader::open(path, 64).value();
  std::size_t rows = 0;
  for (std::size_t count = 1; count != 0; rows += count) {
    count = read_rows(reader, 0, bytes.size() / 10 * 3).value().numbers.size();
    EXPECT_LE(count, 3U);
  }
  EXPECT_EQ(rows, 10U);
}

TEST(SpillReader, FileCutShort_IsAnError) {
  PersonsTable table;
  table.id = {1};
  table.birthdate.append(1);
  std::string bytes;
  append_row(table, 0, 0, bytes);
  const auto path = fresh("cut.spill");
  ASSERT_TRUE(append_to_file(path, bytes.substr(0, bytes.size() - 1)));
  auto reader = SpillReader::open(path, 64).value();
  const auto rows = read_rows(reader, 0, 100);
  ASSERT_FALSE(rows.has_value());
  EXPECT_NE(rows.error().message.find("ends too early"), std::string::npos);
}

TEST(MergeMatchRuns, ManyRuns_ComeInOneOrder) {
  std::mt19937_64 random(1);
  std::vector<std::filesystem::path> runs;
  std::size_t expected = 0;
  for (int run = 0; run < 200; ++run) {  // more than are merged at once
    std::vector<SpilledMatch> matches;
    for (std::size_t n = random() % 20; n > 0; --n) {
      SpilledMatch& match = matches.emplace_back();
      match.left_id = static_cast<std::int64_t>(random() % 50);
      match.right_id = static_cast<std::int64_t>(random() % 50);
      match.left_row = static_cast<std::uint32_t>(random() % 100);
      match.score = static_cast<double>(random() % 100);
      match.cells = std::to_string(match.left_row);
    }
    expected += matches.size();
    runs.push_back(fresh("run" + std::to_string(run)));
    ASSERT_TRUE(write_match_run(runs.back(), std::move(matches)));
  }
  std::vector<SpilledMatch> merged;
  const auto scratch = fresh("scratch.");
  ASSERT_TRUE(merge_match_runs(runs, scratch, [&](const SpilledMatch& match) -> Status {
    merged.push_back(match);
    return {};
  }));
  EXPECT_EQ(merged.size(), expected);
  EXPECT_TRUE(std::is_sorted(merged.begin(), merged.end(), comes_before));
  for (const SpilledMatch& match : merged) EXPECT_EQ(match.cells, std::to_string(match.left_row));
  EXPECT_FALSE(std::filesystem::exists(scratch.string() + "0")) << "what was merged on the way is left behind";
  for (const auto& run : runs) std::filesystem::remove(run);
}

TEST(Cells, EveryType_ComesBack) {
  const std::vector<Cell> cells = {{},
                                   {.type = CellType::kInteger, .integer = -5},
                                   {.type = CellType::kText, .text = "a,b"},
                                   {.type = CellType::kPercent2, .real = 66.5},
                                   {.type = CellType::kPercent6, .real = 1.0 / 3},
                                   {.type = CellType::kFloat, .real = 0.25}};
  std::string bytes;
  append_cells(cells, bytes);
  std::vector<Cell> back;
  read_cells(bytes, back);
  ASSERT_EQ(back.size(), cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    EXPECT_EQ(back[i].type, cells[i].type);
    EXPECT_EQ(back[i].integer, cells[i].integer);
    EXPECT_EQ(back[i].real, cells[i].real);
    EXPECT_EQ(back[i].text, cells[i].text);
  }
}

}  // namespace
