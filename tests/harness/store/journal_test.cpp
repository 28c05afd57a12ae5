// The journal: one whole line per event, whatever happens.
#include "harness/store/journal.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <sstream>

#include "harness/core/files.hpp"
#include "tests/harness/core/file_size_limit.hpp"
#include "tests/harness/core/temporary_folder.hpp"

namespace assay::store {
namespace {

using ::testing::AllOf;
using testing::FileSizeLimit;
using ::testing::HasSubstr;
using testing::TemporaryFolder;

std::vector<Json> lines_of(const std::filesystem::path& path) {
  std::istringstream text(read_file(path).value());
  std::vector<Json> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(Json::parse(line));
  return lines;
}

TEST(Journal, EachAppend_IsOneLineWithTheEventFirst) {
  const TemporaryFolder folder;
  auto journal = Journal::create(folder / "journal.jsonl");
  ASSERT_TRUE(journal);
  ASSERT_TRUE(journal->append("case_started", {{"id", "a\nb"}}));
  ASSERT_TRUE(journal->append("sample", {{"run_ns", 5}, {"wait", nullptr}}));
  const auto lines = lines_of(folder / "journal.jsonl");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].dump(), R"({"event":"case_started","id":"a\nb"})");
  EXPECT_EQ(lines[1].dump(), R"({"event":"sample","run_ns":5,"wait":null})");
}

TEST(Journal, BytesThatAreNoUtf8_DoNotStopIt) {
  const TemporaryFolder folder;
  auto journal = Journal::create(folder / "journal.jsonl");
  ASSERT_TRUE(journal);
  ASSERT_TRUE(journal->append("worker_failed", {{"message", "bad \xff byte"}}));
  EXPECT_EQ(lines_of(folder / "journal.jsonl").size(), 1U);
}

// Another writer's line must not be overwritten: the end of the file is found anew by each write (O_APPEND).
TEST(Journal, LineOfAnotherWriter_IsKept) {
  const TemporaryFolder folder;
  auto journal = Journal::create(folder / "journal.jsonl");
  ASSERT_TRUE(journal);
  ASSERT_TRUE(journal->append("first", Json::object()));
  const int other = ::open((folder / "journal.jsonl").c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  ASSERT_EQ(::write(other, "{\"event\":\"other\"}\n", 18), 18);
  ::close(other);
  ASSERT_TRUE(journal->append("third", Json::object()));
  const auto lines = lines_of(folder / "journal.jsonl");
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[1]["event"], "other");
  EXPECT_EQ(lines[2]["event"], "third");
}

TEST(Journal, FullDisk_IsAnErrorAndLeavesWholeLinesOnly) {
  const TemporaryFolder folder;
  auto journal = Journal::create(folder / "journal.jsonl");
  ASSERT_TRUE(journal);
  ASSERT_TRUE(journal->append("first", Json::object()));
  Status second;
  {
    const FileSizeLimit limit(64);
    second = journal->append("second", {{"text", std::string(200, 'x')}});
  }
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::kInternal);
  EXPECT_THAT(second.error().message, AllOf(HasSubstr("journal.jsonl"), HasSubstr("File too large")));
  ASSERT_TRUE(journal->append("third", Json::object()));
  const auto lines = lines_of(folder / "journal.jsonl");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[1]["event"], "third");
}

TEST(Journal, FileThatIsThereAlready_IsNotTouched) {
  const TemporaryFolder folder;
  folder.write("journal.jsonl", "old");
  const auto journal = Journal::create(folder / "journal.jsonl");
  ASSERT_FALSE(journal);
  EXPECT_THAT(journal.error().message, AllOf(HasSubstr("journal.jsonl"), HasSubstr("File exists")));
  EXPECT_EQ(read_file(folder / "journal.jsonl").value(), "old");
}

TEST(Journal, FolderThatIsNotThere_IsNamed) {
  const TemporaryFolder folder;
  const auto journal = Journal::create(folder / "absent" / "journal.jsonl");
  ASSERT_FALSE(journal);
  EXPECT_THAT(journal.error().message, AllOf(HasSubstr("absent"), HasSubstr("No such file")));
}

}  // namespace
}  // namespace assay::store
