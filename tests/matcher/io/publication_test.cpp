// Outputs of one run appear together, or the error says which are there.
#include "matcher/io/publication.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "matcher/io/csv_sink.hpp"
#include "matcher/io/output_file.hpp"
#include "matcher/io/watched_sink.hpp"
#include "tests/matcher/io/file_size_limit.hpp"
#include "tests/matcher/io/scratch_folder.hpp"

namespace {

using matcher::ErrorKind;
using matcher::Publication;
using matcher::Status;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class PublicationTest : public matcher_test::ScratchFolder {
 protected:
  Status add(Publication& outputs, const char* name, const std::string& text) const {
    return matcher::write_output(
        folder_ / name, [&](const matcher::ByteSink& sink) { sink(text); }, &outputs);
  }
  [[nodiscard]] bool exists(const char* name) const { return std::filesystem::exists(folder_ / name); }
};

TEST_F(PublicationTest, Outputs_AppearTogetherAndNotBefore) {
  save(folder_ / "old.csv", "stale");
  Publication outputs;
  auto sink = matcher::open_csv_sink(folder_ / "a.csv.gz", &outputs);
  ASSERT_TRUE(sink && (*sink)->begin(std::vector<matcher::Column>{{"x"}}) && (*sink)->finish());
  ASSERT_TRUE(add(outputs, "b.txt", "hello"));
  outputs.add_removal(folder_ / "old.csv");
  EXPECT_FALSE(exists("a.csv.gz"));
  EXPECT_FALSE(exists("b.txt"));
  EXPECT_TRUE(exists("old.csv"));
  ASSERT_TRUE(outputs.publish());
  EXPECT_TRUE(exists("a.csv.gz"));
  EXPECT_EQ(content(folder_ / "b.txt"), "hello");
  EXPECT_EQ(file_count(), 2U);
}

TEST_F(PublicationTest, Unpublished_LeavesNothing) {
  {
    Publication outputs;
    ASSERT_TRUE(add(outputs, "a.txt", "hello"));
    EXPECT_EQ(file_count(), 1U);
  }
  EXPECT_EQ(file_count(), 0U);
}

TEST_F(PublicationTest, FailureBeforeTheFirstRename_LeavesAllOld) {
  save(folder_ / "b.txt", "old");
  {
    Publication outputs;
    ASSERT_TRUE(add(outputs, "a.txt", "new"));
    ASSERT_TRUE(add(outputs, "b.txt", "new"));
    outputs.add("host/d/t", []() -> Status { return matcher::fail(ErrorKind::kInternal, "no table"); });
    const auto status = outputs.publish();
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().message, "no table; none of the 3 outputs has appeared");
  }
  EXPECT_EQ(content(folder_ / "b.txt"), "old");
  EXPECT_EQ(file_count(), 1U);
}

TEST_F(PublicationTest, FailureAmongTheRenames_SaysWhichAreNew) {
  save(folder_ / "old.csv", "stale");
  {
    Publication outputs;
    for (const char* name : {"a.txt", "b.txt", "c.txt"}) ASSERT_TRUE(add(outputs, name, "new"));
    outputs.add_removal(folder_ / "old.csv");
    std::filesystem::create_directory(folder_ / "b.txt");  // over which no file can be renamed
    const auto status = outputs.publish();
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().kind, ErrorKind::kInternal);
    const std::string folder = folder_.string();
    EXPECT_THAT(status.error().message,
                AllOf(HasSubstr("b.txt: cannot write: Is a directory"),
                      HasSubstr("; these outputs are new: " + folder + "/a.txt; these are not: " + folder + "/b.txt, " +
                                folder + "/c.txt; run again")));
  }
  EXPECT_EQ(content(folder_ / "a.txt"), "new");
  EXPECT_TRUE(exists("old.csv"));
  EXPECT_EQ(file_count(), 3U) << "temporary files are left behind";
}

TEST_F(PublicationTest, DiskFullForOneOutput_LeavesNone) {
  std::string message;
  {
    Publication outputs;
    ASSERT_TRUE(add(outputs, "a.txt", "small"));
    const matcher_test::FileSizeLimit limit(4096);
    const auto status = add(outputs, "b.txt", std::string(8192, 'x'));
    ASSERT_FALSE(status);
    message = status.error().message;
  }
  EXPECT_THAT(message, HasSubstr("b.txt: cannot write: File too large"));
  EXPECT_EQ(file_count(), 0U);
}

TEST_F(PublicationTest, CancelledBeforeTheRenames_LeavesNothing) {
  {
    bool cancelled = false;
    Publication outputs([&] { return cancelled; });
    ASSERT_TRUE(add(outputs, "a.txt", "hello"));
    cancelled = true;
    const auto status = outputs.publish();
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().kind, ErrorKind::kCancelled);
  }
  EXPECT_EQ(file_count(), 0U);
}

TEST_F(PublicationTest, OneOutput_NeedsNoListInItsError) {
  Publication outputs;
  ASSERT_TRUE(add(outputs, "a.txt", "hello"));
  std::filesystem::create_directory(folder_ / "a.txt");
  EXPECT_THAT(outputs.publish().error().message, AllOf(HasSubstr("Is a directory"), Not(HasSubstr("these"))));
}

// A pipe holds 64 KiB; nobody reads this one.
TEST_F(PublicationTest, PipeThatNobodyReads_IsGivenUpWhenCancelled) {
  const std::string path = (folder_ / "pipe").string();
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_GE(reader, 0);
  int asked = 0;
  Publication outputs([&] { return ++asked > 40; });
  const auto status = add(outputs, "pipe", std::string(1 << 20, 'x'));
  ::close(reader);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().kind, ErrorKind::kCancelled);
}

TEST(WatchedSink, Rows_AreCountedAndCancelled) {
  class NullSink final : public matcher::TableSink {
   public:
    Status begin(std::span<const matcher::Column> /*columns*/) override { return {}; }
    Status write(std::span<const matcher::Cell> /*row*/) override { return {}; }
    Status finish() override { return {}; }
  };
  NullSink null;
  bool cancelled = false;
  matcher::Progress last;
  const matcher::RunWatch watch{[&] { return cancelled; }, [&](const matcher::Progress& progress) { last = progress; }};
  matcher::WatchedSink sink(null, 10000, watch);
  for (int row = 0; row < 9000; ++row) ASSERT_TRUE(sink.write({}));
  EXPECT_EQ(last.stage, "write");
  EXPECT_EQ(last.total, 10000U);
  EXPECT_EQ(last.done, 8192U);
  cancelled = true;
  EXPECT_THROW(static_cast<void>(sink.finish()), matcher::Cancelled);
}

}  // namespace
