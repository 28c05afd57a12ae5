// Whether a run wrote a file: by the mark, not by a clock.
#include "harness/programs/output_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/core/temporary_folder.hpp"

namespace assay::programs {
namespace {

TEST(OutputFile, LeftAsItWas_CountsAsNotWritten) {
  const testing::TemporaryFolder folder;
  const auto file = folder.write("out", "old");
  ASSERT_TRUE(mark_unwritten(file));
  EXPECT_EQ(written_since_mark(file).value().has_value(), false);
}

TEST(OutputFile, WrittenAfterTheMark_IsDigested) {
  const testing::TemporaryFolder folder;
  const auto file = folder.write("out", "old");
  ASSERT_TRUE(mark_unwritten(file));
  folder.write("out", "abc");
  const auto digest = written_since_mark(file).value();
  ASSERT_TRUE(digest);
  EXPECT_EQ(digest->bytes, 3U);
  EXPECT_EQ(digest->sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(OutputFile, Missing_NeedsNoMarkAndCountsAsNotWritten) {
  const testing::TemporaryFolder folder;
  EXPECT_TRUE(mark_unwritten(folder / "absent"));
  EXPECT_EQ(written_since_mark(folder / "absent").value().has_value(), false);
}

TEST(OutputFile, MarkLeavesTheContents) {
  const testing::TemporaryFolder folder;
  const auto file = folder.write("out", "kept");
  ASSERT_TRUE(mark_unwritten(file));
  std::ifstream stream(file);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(stream), {}), "kept");
}

TEST(OutputFile, Folder_IsAnErrorThatNamesIt) {
  const testing::TemporaryFolder folder;
  const Status marked = mark_unwritten(folder.path());
  ASSERT_FALSE(marked);
  EXPECT_EQ(marked.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(marked.error().message, ::testing::HasSubstr(folder.path().string()));
}

}  // namespace
}  // namespace assay::programs
