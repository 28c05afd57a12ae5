// Output files appear whole or not at all.
#include "matcher/io/output_file.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/matcher/io/file_size_limit.hpp"

namespace {

using matcher::ByteSink;
using matcher::ErrorKind;
using matcher::write_output;
using matcher_test::FileSizeLimit;
using testing::HasSubstr;

class WriteOutput : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              (std::string("write_output_") + testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] static std::string content(const std::filesystem::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  [[nodiscard]] std::size_t file_count() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder_), {}));
  }

  std::filesystem::path folder_;
};

void write_hello(const ByteSink& sink) {
  sink("hel");
  sink("lo");
}

TEST_F(WriteOutput, NewFile_HoldsEverythingAndNothingElseIsLeft) {
  ASSERT_TRUE(write_output(folder_ / "a.csv", write_hello));
  EXPECT_EQ(content(folder_ / "a.csv"), "hello");
  EXPECT_EQ(file_count(), 1U);
}

TEST_F(WriteOutput, WhileWriting_TheOldFileIsStillThere) {
  std::ofstream(folder_ / "a.csv") << "old";
  std::string seen;
  ASSERT_TRUE(write_output(folder_ / "a.csv", [&](const ByteSink& sink) {
    sink("new");
    seen = content(folder_ / "a.csv");
  }));
  EXPECT_EQ(seen, "old");
  EXPECT_EQ(content(folder_ / "a.csv"), "new");
}

TEST_F(WriteOutput, SymbolicLink_IsFollowedNotReplaced) {
  std::ofstream(folder_ / "real.csv") << "old";
  std::filesystem::create_symlink("real.csv", folder_ / "link.csv");
  ASSERT_TRUE(write_output(folder_ / "link.csv", write_hello));
  EXPECT_TRUE(std::filesystem::is_symlink(folder_ / "link.csv"));
  EXPECT_EQ(content(folder_ / "real.csv"), "hello");
}

TEST_F(WriteOutput, FolderMissing_IsOneClearError) {
  const auto status = write_output(folder_ / "no" / "a.csv", write_hello);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::kInternal);
  EXPECT_THAT(status.error().message, HasSubstr("a.csv: cannot write: No such file or directory"));
}

TEST_F(WriteOutput, DiskFull_StopsTheProducerAndLeavesTheOldFile) {
  std::ofstream(folder_ / "a.csv") << "old";
  bool accepted = true;
  tl::expected<void, matcher::Error> status;
  {
    const FileSizeLimit limit(4096);
    status = write_output(folder_ / "a.csv", [&](const ByteSink& sink) {
      sink("x");
      accepted = sink(std::string(8192, 'x'));
    });
  }
  ASSERT_FALSE(status);
  EXPECT_FALSE(accepted);
  EXPECT_EQ(status.error().kind, ErrorKind::kInternal);
  EXPECT_THAT(status.error().message, HasSubstr("a.csv: cannot write: File too large; free space or choose another"));
  EXPECT_EQ(content(folder_ / "a.csv"), "old");
  EXPECT_EQ(file_count(), 1U);
}

// Stands for every device: a file that is not regular must be written to, not replaced. (A real device under /dev would
// be gone if this failed for a privileged user.)
TEST_F(WriteOutput, Pipe_IsWrittenToNotReplaced) {
  const std::filesystem::path path = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_GE(reader, 0);
  ASSERT_TRUE(write_output(path, write_hello));
  char bytes[8] = {};
  EXPECT_EQ(::read(reader, bytes, sizeof bytes), 5);
  ::close(reader);
  EXPECT_STREQ(bytes, "hello");
  EXPECT_TRUE(std::filesystem::is_fifo(path));
  EXPECT_EQ(file_count(), 1U);
}

TEST_F(WriteOutput, RenameRefused_RemovesTheTemporary) {
  std::filesystem::create_directory(folder_ / "a.csv");  // a folder is in the way
  const auto status = write_output(folder_ / "a.csv", write_hello);
  ASSERT_FALSE(status);
  EXPECT_EQ(file_count(), 1U);
  EXPECT_TRUE(std::filesystem::is_directory(folder_ / "a.csv"));
}

}  // namespace
