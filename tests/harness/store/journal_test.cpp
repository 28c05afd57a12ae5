// The journal: one chained JSON line an event, nothing half written, and every way to cut or change it told apart.
#include "harness/store/journal.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <sstream>

#include "harness/core/files.hpp"
#include "harness/store/journal_line.hpp"
#include "harness/store/journal_reader.hpp"
#include "tests/harness/core/file_size_limit.hpp"
#include "tests/harness/core/temporary_folder.hpp"

namespace assay::store {
namespace {

using ::testing::AllOf;
using testing::FileSizeLimit;
using ::testing::HasSubstr;
using testing::TemporaryFolder;

class JournalTest : public ::testing::Test {
 protected:
  // A journal that begins as one should, with `samples` lines behind.
  Journal begun(int samples = 0) {
    auto journal = Journal::create(path_);
    EXPECT_TRUE(journal);
    EXPECT_TRUE(journal->append("run_started", {{"format", kJournalFormat}}));
    for (int i = 0; i < samples; ++i) EXPECT_TRUE(journal->append("sample", {{"run_ns", i}}));
    return std::move(*journal);
  }
  std::string bytes() const { return read_file(path_).value(); }
  void replace(const std::string& content) const { folder_.write("journal.jsonl", content); }
  JournalContent content() const { return read_journal(path_).value(); }

  TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "journal.jsonl";
};

TEST_F(JournalTest, EachAppend_IsOneNumberedLineWithItsDigestLast) {
  Journal journal = begun();
  ASSERT_TRUE(journal.append("case_started", {{"id", "a\nb"}, {"wait", nullptr}}));
  const std::string second = bytes().substr(bytes().find('\n') + 1);
  EXPECT_THAT(second, ::testing::StartsWith(R"({"n":1,"event":"case_started","id":"a\nb","wait":null,"chain":")"));
  EXPECT_EQ(second.find('\n'), second.size() - 1);
  EXPECT_EQ(Json::parse(second)["chain"], *stated_digest(std::string_view(second).substr(0, second.size() - 1)));
}

TEST_F(JournalTest, WholeJournal_IsReadBackAsItWasWritten) {
  begun(3);
  const JournalContent read = content();
  ASSERT_EQ(read.events.size(), 4U);
  EXPECT_EQ(read.events[3].dump(), R"({"n":3,"event":"sample","run_ns":2})");
  EXPECT_EQ(read.torn_bytes, 0U);
  EXPECT_EQ(read.bytes, bytes().size());
}

TEST_F(JournalTest, BytesThatAreNoUtf8_DoNotStopIt) {
  Journal journal = begun();
  ASSERT_TRUE(journal.append("worker_failed", {{"message", "bad \xff byte"}}));
  EXPECT_EQ(content().events[1]["message"], "bad \xef\xbf\xbd byte");
}

TEST_F(JournalTest, CutAtAnyByte_GivesTheWholeLinesBefore) {
  begun(3);
  const std::string whole = bytes();
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    const auto read = parse_journal(std::string_view(whole).substr(0, cut), "journal");
    ASSERT_TRUE(read) << cut << ": " << read.error().message;
    const auto lines = std::count(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(cut), '\n');
    EXPECT_EQ(read->events.size(), static_cast<std::size_t>(lines)) << cut;
    EXPECT_EQ(read->bytes + read->torn_bytes, cut);
  }
}

TEST_F(JournalTest, AnyByteChanged_IsFoundAndItsLineNamed) {
  begun(3);
  const std::string whole = bytes();
  for (std::size_t place = 0; place + 1 < whole.size(); ++place) {
    std::string changed = whole;
    changed[place] = static_cast<char>(changed[place] ^ 1);
    const auto read = parse_journal(changed, "journal");
    ASSERT_FALSE(read) << "byte " << place;
    EXPECT_EQ(read.error().kind, ErrorKind::kResultsDiffer);
    const auto line = 1 + std::count(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(place), '\n');
    EXPECT_THAT(read.error().message, HasSubstr("journal:" + std::to_string(line) + ": ")) << "byte " << place;
  }
}

TEST_F(JournalTest, BlocksThatWereNeverWritten_AreATornEnd) {
  begun(3);
  std::string holed = bytes();
  holed.replace(150, 20, 20, '\0');
  const auto read = parse_journal(holed, "journal");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->events.size(), static_cast<std::size_t>(std::count(holed.begin(), holed.begin() + 150, '\n')));
  EXPECT_GT(read->torn_bytes, 0U);
}

TEST_F(JournalTest, LineThatIsLeftOutOrDoubled_IsFound) {
  begun(3);
  std::vector<std::string> lines;
  std::istringstream text(bytes());
  for (std::string line; std::getline(text, line);) lines.push_back(line + "\n");
  for (const auto& order : std::vector<std::vector<std::size_t>>{{0, 2, 3}, {0, 1, 1, 2, 3}, {0, 2, 1, 3}, {1, 2, 3}}) {
    std::string changed;
    for (const std::size_t i : order) changed += lines[i];
    const auto read = parse_journal(changed, "journal");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::kResultsDiffer);
  }
}

TEST_F(JournalTest, LineOfAnotherJournal_IsFound) {
  const std::string header = journal_line(0, "", "run_started", {{"format", kJournalFormat}});
  const std::string other = journal_line(0, "", "run_started", {{"format", kJournalFormat}, {"seed", 43}});
  const std::string first = journal_line(1, *stated_digest(header), "sample", {{"run_ns", 5}});
  const std::string second = journal_line(2, *stated_digest(first), "sample", {{"run_ns", 6}});
  const std::string foreign = journal_line(1, *stated_digest(other), "sample", {{"run_ns", 7}});
  EXPECT_TRUE(parse_journal(header + "\n" + first + "\n" + second + "\n", "journal"));
  const auto read = parse_journal(header + "\n" + foreign + "\n" + second + "\n", "journal");
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr("journal:2: the journal was changed here"));
}

TEST_F(JournalTest, LineOfAnotherWriter_IsFound) {
  Journal journal = begun(1);
  const int other = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  ASSERT_EQ(::write(other, "{\"event\":\"other\"}\n", 18), 18);
  ::close(other);
  ASSERT_TRUE(journal.append("third", Json::object()));
  ASSERT_TRUE(journal.append("fourth", Json::object()));
  const auto read = read_journal(path_);
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr("journal.jsonl:3: the journal was changed here"));
}

TEST_F(JournalTest, FileThatIsNoJournal_IsNamed) {
  begun();
  folder_.write("other", journal_line(0, "", "run_started", {{"format", "assay-journal/9"}}) + "\n");
  const auto read = read_journal(folder_ / "other");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(read.error().message, HasSubstr(kJournalFormat));
}

TEST_F(JournalTest, Reopened_CutsTheTornLineAndGoesOnWithTheChain) {
  begun(2);
  replace(bytes() + R"({"n":3,"event":"sam)");
  {
    auto again = Journal::reopen(path_);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->second.size(), 3U);
    ASSERT_TRUE(again->first.append("run_resumed", {{"after", 2}}));
  }
  const JournalContent read = content();
  ASSERT_EQ(read.events.size(), 4U);
  EXPECT_EQ(read.events[3].dump(), R"({"n":3,"event":"run_resumed","after":2})");
  EXPECT_EQ(read.torn_bytes, 0U);
}

TEST_F(JournalTest, JournalThatIsBeingWritten_IsNotReopened) {
  const Journal journal = begun();
  const auto second = Journal::reopen(path_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(second.error().message, HasSubstr("another assay"));
}

TEST_F(JournalTest, DamagedJournal_IsNotReopenedNorTouched) {
  begun(2);
  std::string changed = bytes();
  changed[20] ^= 1;
  replace(changed);
  const auto again = Journal::reopen(path_);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::kResultsDiffer);
  EXPECT_EQ(bytes(), changed);
}

TEST_F(JournalTest, FullDisk_IsAnErrorAndLeavesWholeLinesOnly) {
  Journal journal = begun();
  Status second;
  {
    const FileSizeLimit limit(bytes().size() + 20);
    second = journal.append("second", {{"text", std::string(200, 'x')}});
  }
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::kInternal);
  EXPECT_THAT(second.error().message, AllOf(HasSubstr("journal.jsonl"), HasSubstr("File too large")));
  ASSERT_TRUE(journal.append("third", Json::object()));
  const JournalContent read = content();
  ASSERT_EQ(read.events.size(), 2U);
  EXPECT_EQ(read.events[1]["event"], "third");
}

TEST_F(JournalTest, FileThatIsThereAlready_IsNotTouched) {
  replace("old");
  const auto journal = Journal::create(path_);
  ASSERT_FALSE(journal);
  EXPECT_THAT(journal.error().message, AllOf(HasSubstr("journal.jsonl"), HasSubstr("File exists")));
  EXPECT_EQ(bytes(), "old");
}

TEST_F(JournalTest, FolderThatIsNotThere_IsNamed) {
  const auto journal = Journal::create(folder_ / "absent" / "journal.jsonl");
  ASSERT_FALSE(journal);
  EXPECT_THAT(journal.error().message, AllOf(HasSubstr("absent"), HasSubstr("No such file")));
}

}  // namespace
}  // namespace assay::store
