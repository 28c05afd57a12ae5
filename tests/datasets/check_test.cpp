// The check finds every way in which rows and manifest can disagree.
#include "datasets/check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "datasets/generate/make.hpp"
#include "datasets/load/column_view.hpp"
#include "datasets/load/dataset.hpp"
#include "harness/core/files.hpp"
#include "harness/core/json.hpp"
#include "harness/core/sha256.hpp"
#include "tests/datasets/load/sample_table.hpp"

namespace assay::datasets {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

class CheckTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto made = make({.name = "people-2k", .cache = cache_.path()});
    ASSERT_TRUE(made) << made.error().message;
    folder_ = *made;
  }

  // Changes the file at the place where the column's row lies, and, unless told not to, the digests with it.
  void overwrite(const char* table, const char* column, std::uint64_t row, std::uint64_t width, std::uint64_t content,
                 bool keep_digest = false) {
    const auto dataset = Dataset::open(folder_);
    const auto* const data = static_cast<const std::byte*>(find_column(*dataset->table(table), column)->data);
    const auto at = static_cast<std::uint64_t>(data - dataset->bytes(table).data()) + row * width;
    const std::filesystem::path path = folder_ / (std::string(table) + ".col");
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(at));
    file.write(reinterpret_cast<const char*>(&content), static_cast<std::streamsize>(width));
    file.close();
    if (!keep_digest) renew_digests();
  }

  void renew_digests() {
    Manifest manifest = *read_manifest(folder_);
    for (TableEntry& entry : manifest.tables) {
      entry.sha256 = *sha256_file(folder_ / entry.file);
      manifest.document["tables"][entry.name]["sha256"] = entry.sha256;
    }
    manifest.document["digest"] = dataset_digest(manifest.tables);
    save(manifest.document);
  }

  void save(const Json& document) { ASSERT_TRUE(write_json(folder_ / kManifestFile, document)); }

  std::vector<std::string> differences() {
    const auto report = check(folder_, 2);
    EXPECT_TRUE(report) << report.error().message;
    return report ? report->differences : std::vector<std::string>{};
  }

  test::Folder cache_;
  std::filesystem::path folder_;
};

TEST_F(CheckTest, FreshDataset_HasNoDifferences) {
  EXPECT_THAT(differences(), IsEmpty());
}

TEST_F(CheckTest, ChangedByte_IsFoundByDigest) {
  overwrite("left", "birthdate", 7, 4, 12345, true);
  EXPECT_THAT(differences(), Contains(HasSubstr("left.col' is damaged: its sha256 is")));
}

TEST_F(CheckTest, ChangedBirthdateWithFittingDigest_IsFoundByCounting) {
  overwrite("left", "birthdate", 7, 4, 30'000);
  EXPECT_THAT(differences(), Contains(HasSubstr("measured/same_birthdate_pairs")));
}

TEST_F(CheckTest, ChangedErrorKinds_AreFoundByCounting) {
  overwrite("truth", "error_kinds", 3, 4, 0x0fffffff);
  const auto lines = differences();
  EXPECT_THAT(lines, Contains(HasSubstr("errors/nickname/applied")));
  EXPECT_THAT(lines, Contains(HasSubstr("measured/errors_per_pair")));
}

TEST_F(CheckTest, TruthOfAnUnknownId_IsNamed) {
  overwrite("truth", "left_id", 3, 8, 5'000'000);
  EXPECT_THAT(differences(), Contains(HasSubstr("left_id 5000000 in row 3 is no id of table left")));
}

TEST_F(CheckTest, RepeatedId_IsNamed) {
  overwrite("right", "id", 9, 8, 1'000'000'009);
  EXPECT_THAT(differences(), Contains(HasSubstr("right: id 1000000009 in row 9 does not follow 1000000009")));
}

TEST_F(CheckTest, NominalRateThatWasNotRealised_IsFound) {
  Json document = read_manifest(folder_)->document;
  document["errors"]["middle_missing"]["per_65536"] = 32768;
  save(document);
  EXPECT_THAT(differences(), Contains(HasSubstr("errors/middle_missing:")));
}

TEST_F(CheckTest, MissingMeasurement_IsFound) {
  Json document = read_manifest(folder_)->document;
  document["measured"].erase("true_pairs");
  document["measured"]["shoe_size"] = 42;
  save(document);
  const auto lines = differences();
  EXPECT_THAT(lines, Contains(HasSubstr("measured/true_pairs: the manifest says nothing")));
  EXPECT_THAT(lines, Contains(HasSubstr("measured/shoe_size: the manifest says 42, counted nothing")));
}

TEST_F(CheckTest, MissingFolder_IsAnError) {
  const auto report = check(cache_.path() / "absent", 1);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().kind, ErrorKind::kUsage);
}

}  // namespace
}  // namespace assay::datasets
