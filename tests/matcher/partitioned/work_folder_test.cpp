// The journal: what counts as done after a kill, and whose folder it is.
#include "matcher/partitioned/work_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace {

using matcher::WorkFolder;
using testing::HasSubstr;

class WorkFolderTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = std::filesystem::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(path_);
  }
  void TearDown() override { std::filesystem::remove_all(path_); }

  std::filesystem::path path_;
};

TEST_F(WorkFolderTest, CompletedSteps_AreThereAfterResume) {
  {
    auto folder = WorkFolder::open(path_, "same", false).value();
    ASSERT_TRUE(folder.complete("one", {{"rows", 7}}));
    ASSERT_TRUE(folder.complete("two", 2));
  }
  const auto folder = WorkFolder::open(path_, "same", true).value();
  EXPECT_EQ(folder.result_of("one"), nlohmann::json({{"rows", 7}}));
  EXPECT_EQ(folder.result_of("two"), nlohmann::json(2));
  EXPECT_FALSE(folder.result_of("three"));
}

TEST_F(WorkFolderTest, WithoutResume_ItStartsEmpty) {
  ASSERT_TRUE(WorkFolder::open(path_, "same", false).value().complete("one", 1));
  std::ofstream(path_ / "left.0.0") << "rows";
  const auto folder = WorkFolder::open(path_, "same", false).value();
  EXPECT_FALSE(folder.result_of("one"));
  EXPECT_FALSE(std::filesystem::exists(path_ / "left.0.0"));
}

TEST_F(WorkFolderTest, OtherFingerprint_IsRefusedWithResume) {
  ASSERT_TRUE(WorkFolder::open(path_, "this", false).has_value());
  const auto folder = WorkFolder::open(path_, "that", true);
  ASSERT_FALSE(folder.has_value());
  EXPECT_THAT(folder.error().message, HasSubstr("is of a run with other inputs or options; run without --resume"));
}

TEST_F(WorkFolderTest, FolderOfSomebodyElse_IsLeftAlone) {
  std::filesystem::create_directories(path_);
  std::ofstream(path_ / "thesis.txt") << "all of it";
  const auto folder = WorkFolder::open(path_, "this", false);
  ASSERT_FALSE(folder.has_value());
  EXPECT_THAT(folder.error().message, HasSubstr("holds files that are not of an earlier run"));
  EXPECT_TRUE(std::filesystem::exists(path_ / "thesis.txt"));
}

// A process that dies while it writes a line leaves a piece of it, at any length.
TEST_F(WorkFolderTest, TornLastLine_IsAStepNotDone) {
  {
    auto folder = WorkFolder::open(path_, "same", false).value();
    ASSERT_TRUE(folder.complete("one", 1));
    ASSERT_TRUE(folder.complete("two", 2));
  }
  const auto whole = std::filesystem::file_size(path_ / "matcher-journal.jsonl");
  for (std::uintmax_t size = whole; size-- > 0;) {
    std::filesystem::resize_file(path_ / "matcher-journal.jsonl", size);
    {
      auto folder = WorkFolder::open(path_, "same", true);
      ASSERT_TRUE(folder.has_value()) << size << ": " << folder.error().message;
      EXPECT_FALSE(folder->result_of("two")) << size;
      ASSERT_TRUE(folder->complete("three", 3));  // goes onto a line of its own
    }
    const auto again = WorkFolder::open(path_, "same", true).value();
    EXPECT_TRUE(again.result_of("three")) << size;
    std::filesystem::resize_file(path_ / "matcher-journal.jsonl",
                                 std::min(size, std::filesystem::file_size(path_ / "matcher-journal.jsonl")));
  }
}

TEST_F(WorkFolderTest, SecondRunInTheSameFolder_IsRefused) {
  const auto first = WorkFolder::open(path_, "same", false).value();
  for (const bool resume : {false, true}) {
    const auto second = WorkFolder::open(path_, "same", resume);
    ASSERT_FALSE(second.has_value());
    EXPECT_THAT(second.error().message, HasSubstr("is in use by another run"));
  }
}

TEST_F(WorkFolderTest, FilesOfOthers_SurviveRemoval) {
  auto folder = WorkFolder::open(path_, "same", false).value();
  std::ofstream(path_ / "thesis.txt") << "all of it";
  std::ofstream(path_ / "left.0.0") << "rows";
  folder.remove();
  EXPECT_TRUE(std::filesystem::exists(path_ / "thesis.txt"));
  EXPECT_FALSE(std::filesystem::exists(path_ / "left.0.0"));
}

TEST_F(WorkFolderTest, JournalOfAnotherProgram_IsLeftAlone) {
  std::filesystem::create_directories(path_);
  std::ofstream(path_ / "matcher-journal.jsonl") << "{\"run\": 1}\n";
  EXPECT_FALSE(WorkFolder::open(path_, "same", false).has_value());
  EXPECT_TRUE(std::filesystem::exists(path_ / "matcher-journal.jsonl"));
}

TEST_F(WorkFolderTest, DamagedText_IsKeptReadable) {
  {
    auto folder = WorkFolder::open(path_, "same", false).value();
    ASSERT_TRUE(folder.complete("one", {{"reason", "id 'z\xff\xfe'"}}));
  }
  EXPECT_TRUE(WorkFolder::open(path_, "same", true).value().result_of("one"));
}

}  // namespace
