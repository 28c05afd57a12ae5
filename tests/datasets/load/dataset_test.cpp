// Data sets on disk: opened by their manifest, damage told apart by size and digest.
#include "datasets/load/dataset.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "datasets/load/column_view.hpp"
#include "datasets/load/column_writer.hpp"
#include "harness/core/files.hpp"
#include "harness/core/sha256.hpp"
#include "tests/datasets/load/sample_table.hpp"

namespace assay::datasets {
namespace {

using test::Folder;
using test::SampleTable;
using testing::HasSubstr;

// A data set of three tables that all hold the sample.
class DatasetTest : public testing::Test {
 protected:
  void SetUp() override {
    SampleTable sample;
    std::vector<TableEntry> entries;
    manifest_ = {{"schema", kManifestSchema}, {"name", "people-5"},      {"profile", "dirty"}, {"seed", 42},
                 {"generator_version", 1},    {"tables", Json::object()}};
    for (const char* name : {"left", "right", "truth"}) {
      sample.table.name = name;
      const std::string file = std::string(name) + ".col";
      ASSERT_TRUE(write_column_file(folder_.path() / file, sample.table));
      const TableEntry entry{name, file, 5, std::filesystem::file_size(folder_.path() / file),
                             *sha256_file(folder_.path() / file)};
      manifest_["tables"][name] = {
          {"file", file}, {"rows", entry.rows}, {"bytes", entry.bytes}, {"sha256", entry.sha256}};
      entries.push_back(entry);
    }
    manifest_["digest"] = dataset_digest(entries);
    save();
  }

  void save() { ASSERT_TRUE(write_json(folder_.path() / kManifestFile, manifest_)); }

  void expect_refused(const std::string& part) {
    const auto dataset = Dataset::open(folder_.path());
    ASSERT_FALSE(dataset);
    EXPECT_EQ(dataset.error().kind, ErrorKind::kUsage);
    EXPECT_THAT(dataset.error().message, HasSubstr(part));
  }

  Folder folder_;
  Json manifest_;
};

TEST_F(DatasetTest, Opened_ShowsInputsButNotTheTruth) {
  const auto dataset = Dataset::open(folder_.path());
  ASSERT_TRUE(dataset) << dataset.error().message;
  ASSERT_EQ(dataset->view()->table_count, 2u);
  EXPECT_STREQ(dataset->view()->tables[0]->name, "left");
  EXPECT_STREQ(dataset->view()->tables[1]->name, "right");
  ASSERT_NE(dataset->table("truth"), nullptr);
  EXPECT_EQ(text(*find_column(*dataset->table("truth"), "name"), 0), "Ann");
  EXPECT_EQ(dataset->table("middle"), nullptr);
  EXPECT_EQ(dataset->manifest().seed, 42u);
}

TEST_F(DatasetTest, Mappings_HoldTheColumns) {
  const auto dataset = Dataset::open(folder_.path());
  ASSERT_TRUE(dataset);
  ASSERT_EQ(dataset->mappings().size(), 3u);
  const auto bytes = dataset->bytes("right");
  const auto* const data = static_cast<const std::byte*>(find_column(*dataset->view()->tables[1], "id")->data);
  EXPECT_GE(data, bytes.data());
  EXPECT_LT(data, bytes.data() + bytes.size());
}

TEST_F(DatasetTest, Undamaged_Verifies) {
  const auto dataset = Dataset::open(folder_.path());
  ASSERT_TRUE(dataset);
  const auto verified = dataset->verify();
  EXPECT_TRUE(verified) << verified.error().message;
}

TEST_F(DatasetTest, OneFlippedBitOfTheRows_IsFoundByVerify) {
  const auto path = folder_.path() / "right.col";
  std::string content = *read_file(path);
  const std::size_t at = content.find("Ann");
  ASSERT_NE(at, std::string::npos);
  content[at] = static_cast<char>(content[at] ^ 1);
  std::ofstream(path, std::ios::binary) << content;
  const auto dataset = Dataset::open(folder_.path());
  ASSERT_TRUE(dataset) << dataset.error().message;
  const auto verified = dataset->verify();
  ASSERT_FALSE(verified);
  EXPECT_THAT(verified.error().message, HasSubstr("right.col"));
  EXPECT_THAT(verified.error().message, HasSubstr(manifest_["tables"]["right"]["sha256"].get<std::string>()));
  EXPECT_THAT(verified.error().message, HasSubstr(sha256(std::as_bytes(std::span(content)))));
  EXPECT_THAT(verified.error().message, HasSubstr("assay dataset make people-5 --profile dirty --seed 42"));
}

TEST_F(DatasetTest, TruncatedFile_IsRefusedWithBothSizes) {
  const auto bytes = std::filesystem::file_size(folder_.path() / "left.col");
  std::filesystem::resize_file(folder_.path() / "left.col", bytes - 64);
  expect_refused(fmt::format("has {} bytes, its manifest says {}", bytes - 64, bytes));
}

TEST_F(DatasetTest, MissingFile_IsNamed) {
  std::filesystem::remove(folder_.path() / "truth.col");
  expect_refused("truth.col': No such file or directory");
}

TEST_F(DatasetTest, MissingManifest_IsNamed) {
  std::filesystem::remove(folder_.path() / kManifestFile);
  expect_refused("manifest.json");
}

TEST_F(DatasetTest, ManifestOfAnotherSchema_IsRefused) {
  manifest_["schema"] = "assay-dataset/2";
  save();
  expect_refused("schema 'assay-dataset/2'");
}

TEST_F(DatasetTest, UnknownManifestKey_IsRefused) {
  manifest_["colour"] = "blue";
  save();
  expect_refused("unknown key 'colour'");
}

TEST_F(DatasetTest, TableFileOutsideTheFolder_IsRefused) {
  manifest_["tables"]["left"]["file"] = "../left.col";
  save();
  expect_refused("'../left.col' is not a plain file name");
}

TEST_F(DatasetTest, EditedTableDigest_DoesNotFitTheDatasetDigest) {
  manifest_["tables"]["left"]["sha256"] = std::string(64, '0');
  save();
  expect_refused("the table digests give");
}

TEST_F(DatasetTest, SwappedTableFiles_AreRefused) {
  manifest_["tables"]["left"]["file"] = "right.col";
  manifest_["tables"]["left"]["bytes"] = manifest_["tables"]["right"]["bytes"];
  save();
  expect_refused("holds table 'right'");
}

}  // namespace
}  // namespace assay::datasets
