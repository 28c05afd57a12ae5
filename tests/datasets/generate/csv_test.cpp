// CSV export: quoting, nulls, and the same rows as the columns.
#include "datasets/generate/csv.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "datasets/load/column_view.hpp"
#include "datasets/load/column_writer.hpp"
#include "harness/core/files.hpp"
#include "harness/core/json.hpp"
#include "harness/core/sha256.hpp"
#include "tests/datasets/generate/made_dataset.hpp"

namespace assay::datasets {
namespace {

using test::Folder;

// A data set of one table with one text column and one date column.
Result<Dataset> tiny_dataset(const Folder& folder) {
  const std::string data = "a,b\"c\"line\nbreakplain";
  const std::array<std::int32_t, 7> offsets{0, 3, 6, 6, 16, 16, 21};
  const std::uint8_t validity = 0b111011;
  const std::array<std::int32_t, 6> days{0, -1, 11016, 20088, -25567, 1};
  const std::vector<ColumnSource> columns{{"name", ASSAY_TYPE_UTF8, {{6, &validity, offsets.data(), data.data()}}},
                                          {"born", ASSAY_TYPE_DATE32, {{6, nullptr, nullptr, days.data()}}}};
  ASSAY_CHECK(write_column_file(folder.path() / "left.col", "left", 6, columns));
  const std::string digest = *sha256_file(folder.path() / "left.col");
  const TableEntry entry{"left", "left.col", 6, std::filesystem::file_size(folder.path() / "left.col"), digest};
  ASSAY_CHECK(write_json(
      folder.path() / kManifestFile,
      {{"schema", kManifestSchema},
       {"name", "people-6"},
       {"profile", "clean"},
       {"seed", 0},
       {"generator_version", 1},
       {"digest", dataset_digest(std::span(&entry, 1))},
       {"tables", {{"left", {{"file", entry.file}, {"rows", 6}, {"bytes", entry.bytes}, {"sha256", digest}}}}}}));
  return Dataset::open(folder.path());
}

TEST(Csv, CommasQuotesBreaksNullsAndDates_FollowTheRules) {
  const Folder folder;
  const auto dataset = tiny_dataset(folder);
  ASSERT_TRUE(dataset) << dataset.error().message;
  ASSERT_TRUE(write_csv(*dataset, folder.path() / "csv", 1));
  EXPECT_EQ(*read_file(folder.path() / "csv" / "left.csv"),
            "name,born\n"
            "\"a,b\",1970-01-01\n"
            "\"\"\"c\"\"\",1969-12-31\n"
            ",2000-02-29\n"
            "\"line\nbreak\",2024-12-31\n"
            "\"\",1900-01-01\n"
            "plain,1970-01-02\n");
}

TEST(Csv, MadeDataset_HasAHeadingAndEveryRowInOrder) {
  const Dataset& dataset = test::made("people-140k", Profile::kDirty);
  const Folder folder;
  ASSERT_TRUE(write_csv(dataset, folder.path(), 3));
  std::ifstream file(folder.path() / "right.csv");
  std::string line;
  std::getline(file, line);
  EXPECT_EQ(line, "id,uuid,first_name,middle_name,last_name,birthdate,hh_id");
  const assay_table& right = *dataset.table("right");
  for (std::uint64_t row = 0; row < right.row_count; ++row) {
    ASSERT_TRUE(std::getline(file, line));
    ASSERT_EQ(line.substr(0, line.find(',')), std::to_string(value<std::int64_t>(*find_column(right, "id"), row)));
    ASSERT_NE(line.find(text(*find_column(right, "last_name"), row)), std::string::npos);
  }
  EXPECT_FALSE(std::getline(file, line));
  std::ifstream truth(folder.path() / "truth.csv");
  std::getline(truth, line);
  EXPECT_EQ(line, "left_id,right_id,error_kinds");
}

TEST(Csv, Stopped_KeepsNothing) {
  const Dataset& dataset = test::made("people-140k", Profile::kDirty);
  const Folder folder;
  const auto written = write_csv(dataset, folder.path(), 2, [](const Progress& p) { return p.phase != "truth"; });
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::kInterrupted);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace assay::datasets
