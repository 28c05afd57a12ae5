// Builds: each commit once, failures remembered, nothing of one commit taken for another's.
#include "harness/bisect/builds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/core/files.hpp"
#include "tests/harness/bisect/git_folder.hpp"

namespace assay::bisect {
namespace {

using ::testing::HasSubstr;

class BuildsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSAY_SKIP_WITHOUT_GIT();
    for (const char* content : {"0", "1", "2"}) ASSERT_TRUE(git_.commit(content));
    commits_ = repository().commits("HEAD~2", "HEAD").value();
  }
  Repository repository() const { return Repository::open(git_.path(), folder_.path(), interrupted_).value(); }
  // Every build also writes a line into count.
  Builds builds(const std::string& command) const {
    return {repository(),
            folder_.path(),
            {"echo >> '" + (folder_ / "count").string() + "'; " + command, "out/plugins"},
            interrupted_};
  }
  std::size_t count() const { return read_file(folder_ / "count")->size(); }

  testing::GitFolder git_;
  testing::TemporaryFolder folder_;
  std::atomic<bool> interrupted_{false};
  std::vector<Commit> commits_;
};

constexpr const char* kBuild = "mkdir -p out/plugins && cp number out/plugins/ && ln -s number out/plugins/link";

TEST_F(BuildsTest, EachCommit_IsBuiltOnceAlsoAcrossProcesses) {
  Builds first = builds(kBuild);
  const Build one = first.of(commits_[1]).value();
  const Build two = first.of(commits_[2]).value();
  ASSERT_TRUE(one.succeeded);
  EXPECT_EQ(read_file(one.product / "number").value(), "1\n");
  EXPECT_EQ(read_file(two.product / "link").value(), "2\n");
  EXPECT_TRUE(first.of(commits_[1])->succeeded);
  EXPECT_EQ(builds(kBuild).of(commits_[1])->product, one.product);
  EXPECT_EQ(count(), 2U);
  ASSERT_TRUE(first.remove_tree());
  EXPECT_EQ(read_file(one.product / "number").value(), "1\n");
}

TEST_F(BuildsTest, Failure_IsRememberedWithItsReason) {
  Builds failing = builds("echo no rule to make it; exit 2");
  for (int i = 0; i < 2; ++i) {
    const Build build = failing.of(commits_[1]).value();
    EXPECT_FALSE(build.succeeded);
    EXPECT_THAT(build.reason, HasSubstr("no rule to make it"));
    EXPECT_THAT(build.reason, HasSubstr(".log"));
  }
  EXPECT_EQ(count(), 1U);
}

TEST_F(BuildsTest, ProductOfTheCommitBefore_IsNotTakenForThisOne) {
  Builds forgetful = builds("if [ $(cat number) = 1 ]; then " + std::string(kBuild) + "; fi");
  EXPECT_TRUE(forgetful.of(commits_[1])->succeeded);
  const Build build = forgetful.of(commits_[2]).value();
  EXPECT_FALSE(build.succeeded);
  EXPECT_THAT(build.reason, HasSubstr("made no folder 'out/plugins'"));
}

TEST_F(BuildsTest, Interrupted_LeavesNothingBehind) {
  interrupted_ = false;
  Builds slow = builds("sleep 60");
  Builds quick = builds(kBuild);
  ASSERT_TRUE(quick.of(commits_[0]));  // the worktree is there
  interrupted_ = true;
  EXPECT_EQ(slow.of(commits_[1]).error().kind, ErrorKind::kInterrupted);
  interrupted_ = false;
  EXPECT_TRUE(quick.of(commits_[1])->succeeded);
}

TEST(IsBelow, PathsThatLeadOut_AreNot) {
  for (const char* path :
       {"", ".", "./", "/", "//", "/etc", "..", "../out", "out/../..", "out/..", ".git", ".git/hooks"}) {
    EXPECT_FALSE(is_below(path)) << path;
  }
  for (const char* path : {"out", "out/plugins", "./out", "build/release/plugins/", "a/../out", "..out"}) {
    EXPECT_TRUE(is_below(path)) << path;
  }
}

// What must not be removed is a folder of the test, so that broken code removes that and nothing else.
TEST_F(BuildsTest, ProductOutsideTheWorktree_IsRefusedAndNothingRemoved) {
  const std::filesystem::path kept = folder_ / "kept";
  ASSERT_TRUE(make_folder(kept));
  ASSERT_TRUE(write_file_atomically(kept / "file", "x"));
  for (const std::filesystem::path& product :
       {kept, std::filesystem::path("../kept"), std::filesystem::path("out/../../kept")}) {
    const auto build = Builds(repository(), folder_.path(), {"true", product}, interrupted_).of(commits_[1]);
    ASSERT_FALSE(build) << product;
    EXPECT_EQ(build.error().kind, ErrorKind::kUsage);
    EXPECT_TRUE(std::filesystem::exists(kept / "file")) << product;
  }
}

TEST_F(BuildsTest, SymbolicLinkOnTheWay_IsRefusedAndNothingRemoved) {
  const std::filesystem::path kept = folder_ / "kept";
  ASSERT_TRUE(make_folder(kept / "plugins"));
  ASSERT_TRUE(write_file_atomically(kept / "plugins/file", "x"));
  ASSERT_TRUE(git_.run("ln -s '" + kept.string() + "' out && git add -A && git commit -q -m link"));
  const Commit link = repository().commits("HEAD~1", "HEAD")->back();
  const auto build = builds("true").of(link);
  ASSERT_FALSE(build);
  EXPECT_THAT(build.error().message, HasSubstr("symbolic link"));
  EXPECT_TRUE(std::filesystem::exists(kept / "plugins/file"));
}

}  // namespace
}  // namespace assay::bisect
