// Files written in pieces appear whole or not at all; what write_output shares is tested with output_file.
#include "matcher/io/pending_file.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <utility>

#include "tests/matcher/io/file_size_limit.hpp"
#include "tests/matcher/io/scratch_folder.hpp"

namespace {

using matcher::PendingFile;
using testing::HasSubstr;

class PendingFileTest : public matcher_test::ScratchFolder {
 protected:
  [[nodiscard]] static unsigned permissions(const std::filesystem::path& path) {
    struct stat status {};
    EXPECT_EQ(::stat(path.c_str(), &status), 0);
    return status.st_mode & 07777U;
  }
};

TEST_F(PendingFileTest, Committed_HoldsThePiecesAndNothingElseIsLeft) {
  auto file = PendingFile::open(folder_ / "a.csv");
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->write("hel"));
  ASSERT_TRUE(file->write("lo"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "a.csv"));
  ASSERT_TRUE(file->commit());
  EXPECT_EQ(content(folder_ / "a.csv"), "hello");
  EXPECT_EQ(file_count(), 1U);
}

TEST_F(PendingFileTest, DestroyedUncommitted_LeavesTheOldFileOnly) {
  save(folder_ / "a.csv", "old");
  {
    auto file = PendingFile::open(folder_ / "a.csv");
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->write("new"));
    EXPECT_EQ(file_count(), 2U);
  }
  EXPECT_EQ(content(folder_ / "a.csv"), "old");
  EXPECT_EQ(file_count(), 1U);
}

TEST_F(PendingFileTest, MovedFrom_DiesWithoutTouchingTheFile) {
  auto file = PendingFile::open(folder_ / "a.csv");
  ASSERT_TRUE(file);
  {
    PendingFile moved(std::move(*file));
    ASSERT_TRUE(moved.write("hello"));
    file = tl::unexpected<matcher::Error>(matcher::Error{});  // destroys what was moved from
    ASSERT_TRUE(moved.commit());
  }
  EXPECT_EQ(content(folder_ / "a.csv"), "hello");
  EXPECT_EQ(file_count(), 1U);
}

TEST_F(PendingFileTest, NewFile_MayBeReadByAll) {
  auto file = PendingFile::open(folder_ / "a.csv");
  ASSERT_TRUE(file && file->commit());
  EXPECT_EQ(permissions(folder_ / "a.csv"), 0644U);
}

TEST_F(PendingFileTest, ExistingFile_KeepsItsPermissions) {
  save(folder_ / "a.csv", "old");
  ASSERT_EQ(::chmod((folder_ / "a.csv").c_str(), 0600), 0);
  auto file = PendingFile::open(folder_ / "a.csv");
  ASSERT_TRUE(file && file->commit());
  EXPECT_EQ(permissions(folder_ / "a.csv"), 0600U);
}

TEST_F(PendingFileTest, DiskFull_FailsInWriteAndLeavesNothing) {
  std::string message;
  {
    const matcher_test::FileSizeLimit limit(4096);
    auto file = PendingFile::open(folder_ / "a.csv");
    ASSERT_TRUE(file);
    const auto status = file->write(std::string(8192, 'x'));
    ASSERT_FALSE(status);
    message = status.error().message;
  }
  EXPECT_THAT(message, HasSubstr("a.csv: cannot write: File too large; free space or choose another output path"));
  EXPECT_EQ(file_count(), 0U);
}

TEST_F(PendingFileTest, FolderIsAFile_IsRefusedAtOpen) {
  save(folder_ / "a", "");
  const auto file = PendingFile::open(folder_ / "a" / "b.csv");
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().message, HasSubstr("b.csv: cannot write: Not a directory"));
}

TEST_F(PendingFileTest, ReadOnlyFolder_IsRefusedAtOpen) {
  if (::geteuid() == 0) GTEST_SKIP() << "the superuser may write into every folder";
  std::filesystem::permissions(folder_, std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  const auto file = PendingFile::open(folder_ / "a.csv");
  std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().message, HasSubstr("a.csv: cannot write: Permission denied"));
}

TEST_F(PendingFileTest, StandardOutput_IsWrittenAndStaysOpen) {
  testing::internal::CaptureStdout();
  auto file = PendingFile::open("-");
  ASSERT_TRUE(file && file->write("hello") && file->commit());
  EXPECT_TRUE(file->temporary_path().empty());
  const bool open = ::fcntl(STDOUT_FILENO, F_GETFD) >= 0;  // the capture opens it anew at its end
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "hello");
  EXPECT_TRUE(open);
}

}  // namespace
