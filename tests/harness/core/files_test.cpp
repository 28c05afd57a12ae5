// Whole reads, atomic writes, mappings: what they give and what they say and leave behind when they fail.
#include "harness/core/files.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "tests/harness/core/file_size_limit.hpp"
#include "tests/harness/core/temporary_folder.hpp"

namespace assay {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using testing::FileSizeLimit;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::TemporaryFolder;

std::string text_of(const MappedFile& file) {
  return {reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()};
}

TEST(ReadFile, BytesOfAnyValue_ComeBackWhole) {
  const TemporaryFolder folder;
  std::string content(200'000, '\0');
  for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<char>(i * 7);
  const auto read = read_file(folder.write("data", content));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, content);
}

TEST(ReadFile, MissingFile_NamesPathAndReason) {
  const TemporaryFolder folder;
  const auto read = read_file(folder / "absent.json");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(read.error().message, AllOf(HasSubstr((folder / "absent.json").string()), HasSubstr("No such file")));
}

TEST(ReadFile, Folder_IsAnErrorThatNamesIt) {
  const TemporaryFolder folder;
  const auto read = read_file(folder.path());
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, AllOf(HasSubstr(folder.path().string()), HasSubstr("Is a directory")));
}

TEST(WriteFileAtomically, NewFile_HoldsTheContentAndNothingElseLies) {
  const TemporaryFolder folder;
  ASSERT_TRUE(write_file_atomically(folder / "out", "content"));
  EXPECT_EQ(read_file(folder / "out").value(), "content");
  EXPECT_THAT(folder.names(), ElementsAre("out"));
}

TEST(WriteFileAtomically, ReaderOfTheOldFile_KeepsReadingTheOldFile) {
  const TemporaryFolder folder;
  const auto old = MappedFile::open(folder.write("out", "old content"));
  ASSERT_TRUE(old);
  ASSERT_TRUE(write_file_atomically(folder / "out", "new"));
  EXPECT_EQ(text_of(*old), "old content");
  EXPECT_EQ(read_file(folder / "out").value(), "new");
}

TEST(WriteFileAtomically, FullDisk_KeepsTheOldFileAndLeavesNothingBehind) {
  const TemporaryFolder folder;
  folder.write("out", "old content");
  Status written;
  {
    const FileSizeLimit limit(4096);
    written = write_file_atomically(folder / "out", std::string(10'000, 'x'));
  }
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::kInternal);
  EXPECT_THAT(written.error().message, AllOf(HasSubstr((folder / "out").string()), HasSubstr("File too large")));
  EXPECT_EQ(read_file(folder / "out").value(), "old content");
  EXPECT_THAT(folder.names(), ElementsAre("out"));
}

TEST(WriteFileAtomically, FileWhereTheFolderShouldBe_IsAnErrorThatNamesThePath) {
  const TemporaryFolder folder;
  const auto file = folder.write("file", "");
  const Status written = write_file_atomically(file / "out", "x");
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().message, AllOf(HasSubstr((file / "out").string()), HasSubstr("Not a directory")));
  EXPECT_THAT(folder.names(), ElementsAre("file"));
}

TEST(WriteFileAtomically, TargetIsAFolder_LeavesTheFolderAndNothingElse) {
  const TemporaryFolder folder;
  ASSERT_TRUE(make_folder(folder / "out" / "inner"));
  const Status written = write_file_atomically(folder / "out", "x");
  ASSERT_FALSE(written);
  EXPECT_THAT(folder.names(), ElementsAre("out"));
  EXPECT_TRUE(std::filesystem::is_directory(folder / "out" / "inner"));
}

// `-o /dev/null` by the super-user must not put a plain file in the place of the device.
TEST(WriteFileAtomically, Device_IsWrittenToAndNotReplaced) {
  const TemporaryFolder folder;
  if (::mknod((folder / "full").c_str(), S_IFCHR | 0666, ::makedev(1, 7)) != 0) {
    GTEST_SKIP() << "this user may not make a device";
  }
  const Status written = write_file_atomically(folder / "full", "x");
  EXPECT_TRUE(std::filesystem::is_character_file(folder / "full"));
  EXPECT_THAT(folder.names(), ElementsAre("full"));
  if (::access((folder / "full").c_str(), W_OK) != 0) GTEST_SKIP() << "devices cannot be used in this folder";
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().message, ::testing::AnyOf(HasSubstr("No space left"), HasSubstr("Permission denied")));
}

TEST(WriteFileAtomically, Pipe_CarriesTheContentAndStaysAPipe) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  const int reader = ::open((folder / "pipe").c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  ASSERT_GE(reader, 0);
  ASSERT_TRUE(write_file_atomically(folder / "pipe", "through"));
  char buffer[16] = {};
  EXPECT_EQ(::read(reader, buffer, sizeof buffer), 7);
  EXPECT_STREQ(buffer, "through");
  ::close(reader);
  EXPECT_TRUE(std::filesystem::is_fifo(folder / "pipe"));
}

TEST(MakeFolder, FileInTheWay_IsAnErrorThatNamesThePath) {
  const TemporaryFolder folder;
  const auto file = folder.write("file", "");
  const Status made = make_folder(file / "inner");
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, ErrorKind::kInternal);
  EXPECT_THAT(made.error().message, HasSubstr((file / "inner").string()));
}

TEST(MakeFolder, ExistingFolder_IsFine) {
  const TemporaryFolder folder;
  EXPECT_TRUE(make_folder(folder / "a" / "b"));
  EXPECT_TRUE(make_folder(folder / "a" / "b"));
}

TEST(MappedFile, Content_IsThatOfTheFile) {
  const TemporaryFolder folder;
  const auto file = MappedFile::open(folder.write("data", "some bytes"));
  ASSERT_TRUE(file);
  EXPECT_EQ(text_of(*file), "some bytes");
}

TEST(MappedFile, EmptyFile_IsAnEmptySpan) {
  const TemporaryFolder folder;
  const auto file = MappedFile::open(folder.write("data", ""));
  ASSERT_TRUE(file);
  EXPECT_THAT(file->bytes(), IsEmpty());
}

TEST(MappedFile, FolderOrMissing_IsAnErrorThatNamesIt) {
  const TemporaryFolder folder;
  const auto missing = MappedFile::open(folder / "absent");
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().message, AllOf(HasSubstr("absent"), HasSubstr("No such file")));
  const auto directory = MappedFile::open(folder.path());
  ASSERT_FALSE(directory);
  EXPECT_THAT(directory.error().message, HasSubstr("not a regular file"));
}

TEST(MappedFile, MovedFrom_LeavesTheBytesToTheNewOwner) {
  const TemporaryFolder folder;
  auto file = MappedFile::open(folder.write("data", "abc"));
  ASSERT_TRUE(file);
  MappedFile first = std::move(*file);
  MappedFile second;
  second = std::move(first);
  EXPECT_EQ(text_of(second), "abc");
}

}  // namespace
}  // namespace assay
